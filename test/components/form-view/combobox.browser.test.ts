import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Homes, NOT_LISTED, nameOf, resize, TREES } from '../../support/browser/homes-driver.ts';
import { setMedia } from '../../support/browser/media.ts';
import { clearStage } from '../../support/browser/screener-driver.ts';

describe('a dropdown with many choices, by the keys', () => {
  afterEach(async () => {
    clearStage();
    await setMedia({});
    await resize({ width: 800, height: 700 });
  });

  for (const homes of [180, 5000]) {
    describe(`of ${homes}`, () => {
      it('is a combobox with a listbox that tells the true count', async () => {
        const shown = await Homes.show({ homes });
        const { input, list } = shown;
        assert.equal(shown.root.querySelector(`label[for="${input.id}"]`)?.textContent?.trim(), 'Which home?');
        assert.equal(input.getAttribute('aria-autocomplete'), 'list');
        assert.isFalse(shown.isOpen);
        assert.equal(list.getAttribute('role'), 'listbox');
        assert.lengthOf(shown.options, 0);
        input.focus();
        await shown.presses('ArrowDown');
        assert.isTrue(shown.isOpen);
        assert.equal(shown.active, nameOf(0));
        assert.isBelow(shown.options.length, 200);
        for (const [at, option] of shown.options.entries()) {
          const isLast = option === shown.options.at(-1);
          assert.equal(option.getAttribute('aria-setsize'), `${homes + 1}`);
          assert.equal(option.getAttribute('aria-posinset'), `${isLast ? homes + 1 : at + 1}`);
        }
      });

      it('filters by typing, chooses with the keyboard alone and sends the choice', async () => {
        const shown = await Homes.show({ homes });
        await shown.types('hill pen');
        assert.isTrue(shown.isOpen);
        assert.equal(shown.names[0], 'Peñón Hill');
        assert.isTrue(shown.names.slice(0, -1).every((name) => /^Peñón Hill/.test(name)));
        assert.isUndefined(shown.active);
        await shown.presses('ArrowDown', 'Enter');
        assert.isFalse(shown.isOpen);
        assert.equal(shown.input.value, 'Peñón Hill');
        assert.equal(shown.heading, 'Your home');
        await shown.presses('Enter');
        const sent = await shown.sent();
        assert.deepEqual(sent, { home: 'h12' });
      });

      it('draws more as one scrolls, and says when there are more than it lists', async () => {
        const shown = await Homes.show({ homes });
        await shown.types('maple');
        const count = Math.ceil(homes / TREES.length);
        assert.equal(shown.options[0]?.getAttribute('aria-setsize'), `${count + 1}`);
        const listed = Math.min(count, 300);
        const remark = `The first 300 of ${count} are listed. Type more letters to see others.`;
        assert.equal(shown.text.includes(remark), count > 300);
        while (shown.options.length <= listed) {
          const before = shown.options.length;
          shown.list.scrollTop = shown.list.scrollHeight;
          await shown.until('more options', () => shown.options.length > before);
        }
        assert.equal(new Set(shown.names).size, listed + 1);
        assert.equal(shown.options.at(-1)?.getAttribute('aria-posinset'), `${count + 1}`);
        await shown.types(' house 2');
        assert.isFalse(shown.text.includes('are listed'));
      });

      it('reaches every listed option with the keys, round at the ends', async () => {
        const shown = await Homes.show({ homes });
        shown.input.focus();
        await shown.presses('ArrowUp');
        assert.equal(shown.active, NOT_LISTED);
        await shown.presses('ArrowUp');
        assert.equal(shown.active, nameOf(Math.min(homes, 300) - 1));
        await shown.presses('ArrowDown', 'ArrowDown');
        assert.equal(shown.active, nameOf(0));
        await shown.presses('End');
        assert.equal(shown.active, NOT_LISTED);
        await shown.presses('Home');
        assert.equal(shown.active, nameOf(0));
      });
    });
  }

  it('moves by what is in view, and keeps the active option in view without moving the page', async () => {
    const shown = await Homes.show();
    shown.input.focus();
    await shown.presses('ArrowDown', 'PageDown');
    const page = shown.names.indexOf(shown.active ?? '');
    assert.isAbove(page, 2);
    await shown.presses('PageDown', 'PageDown', 'PageDown');
    assert.equal(shown.active, nameOf(4 * page));
    const results = shown.list.getBoundingClientRect();
    const option = shown.option(nameOf(4 * page)).getBoundingClientRect();
    assert.isAtLeast(option.top, results.top);
    assert.isAtMost(option.bottom, results.bottom);
    await shown.presses('PageUp');
    assert.equal(shown.active, nameOf(3 * page));
    assert.equal(scrollY, 0);
  });

  it('opens with Alt and the arrow without choosing, closes with Alt and the other', async () => {
    const shown = await Homes.show();
    shown.input.focus();
    await sendKeys({ down: 'Alt' });
    await shown.presses('ArrowDown');
    assert.isTrue(shown.isOpen);
    assert.isUndefined(shown.active);
    await shown.presses('ArrowUp');
    await sendKeys({ up: 'Alt' });
    assert.isFalse(shown.isOpen);
  });

  it('leaves Home, End and Shift to the text until an option is active', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('Home');
    assert.equal(shown.input.selectionStart, 0);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'End' });
    await sendKeys({ up: 'Shift' });
    assert.equal(shown.input.selectionEnd, 3);
    assert.isUndefined(shown.active);
  });

  it('closes with Escape, then takes back what was typed, and tells the page nothing of either', async () => {
    const shown = await Homes.show({ required: false });
    await shown.types('oak');
    let heard = 0;
    const hear = () => {
      heard += 1;
    };
    document.addEventListener('keydown', hear);
    await shown.presses('Escape');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    await shown.presses('Escape');
    assert.equal(shown.input.value, '');
    assert.equal(heard, 0);
    await shown.presses('Escape');
    assert.equal(heard, 1);
    document.removeEventListener('keydown', hear);
  });

  it('keeps the answer when a search is given up with Escape', async () => {
    const shown = await Homes.show();
    await shown.types('oak lane');
    await shown.presses('ArrowDown', 'Enter');
    await sendKeys({ press: 'Backspace' });
    await shown.presses('Escape', 'Escape');
    assert.equal(shown.input.value, 'Oak Lane');
  });

  it('takes the active option along with Tab', async () => {
    const shown = await Homes.show();
    await shown.types('willow');
    await shown.presses('ArrowDown', 'ArrowDown', 'Tab');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'Willow Hill');
    assert.notEqual(shown.focused, shown.input);
  });

  it('takes the only result, or the one called exactly so, with Enter; among several it waits', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('Enter');
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    await shown.types(' hill 3');
    await shown.presses('Enter');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, 'Oak Hill 3');
    shown.input.select();
    await shown.types('PENON HILL');
    assert.isAbove(shown.options.length, 2);
    await shown.presses('Enter');
    assert.equal(shown.input.value, 'Peñón Hill');
  });

  it('only closes with Enter where nothing was typed and nothing is active', async () => {
    const shown = await Homes.show({ required: false });
    await shown.clicks(shown.input);
    await shown.presses('Enter');
    assert.isFalse(shown.isOpen);
    assert.equal(shown.input.value, '');
    assert.equal(shown.heading, 'Your home');
  });

  it('begins at the top again with every letter', async () => {
    const shown = await Homes.show();
    await shown.types('o');
    await shown.presses('PageDown', 'PageDown');
    assert.isAbove(shown.list.scrollTop, 0);
    await shown.types('u');
    assert.equal(shown.list.scrollTop, 0);
    assert.isUndefined(shown.active);
  });

  it('offers all again when what is being typed is cleared', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.clicks(shown.get('#q-home-clear'));
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, '');
    assert.equal(shown.names[0], nameOf(0));
    assert.equal(shown.options[0]?.getAttribute('aria-setsize'), '181');
  });

  it('leaves the keys to an input method while it composes', async () => {
    const shown = await Homes.show();
    await shown.types('oak');
    await shown.presses('ArrowDown');
    for (const key of ['Enter', 'ArrowDown', 'Escape']) {
      const event = new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true });
      assert.isTrue(shown.input.dispatchEvent(event));
    }
    assert.isTrue(shown.isOpen);
    assert.equal(shown.input.value, 'oak');
    assert.equal(shown.active, 'Oak House');
  });

  it('takes what is called exactly as typed when the field is left, and guesses nothing else', async () => {
    const shown = await Homes.show();
    await shown.types('st marys court');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'St. Mary’s Court');
    shown.input.select();
    await shown.types('oak hill 3 ');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'Oak Hill 3');
    shown.input.select();
    await shown.types('rowan lane 4x');
    await shown.presses('Tab');
    assert.equal(shown.input.value, 'rowan lane 4x');
  });

  for (const logic of [false, true]) {
    it(`keeps what is no choice, ${logic ? 'with' : 'without'} logic, names it as a problem, and takes the next answer`, async () => {
      const shown = await Homes.show({ logic });
      await shown.types('Nowhere');
      await shown.untilText('Nothing found');
      await shown.presses('Tab');
      await shown.element.updateComplete;
      assert.equal(shown.input.value, 'Nowhere');
      shown.press('Send my answers');
      await shown.untilText('This is not one of the answers offered.');
      assert.equal(shown.input.value, 'Nowhere');
      assert.equal(shown.input.getAttribute('aria-invalid'), 'true');
      shown.get('.summary a').click();
      assert.equal(shown.focused, shown.input);
      shown.input.select();
      await shown.types('maple house');
      await shown.presses('Enter');
      await shown.untilGone('This is not one of the answers offered.');
      shown.press('Send my answers');
      const sent = await shown.sent();
      assert.deepEqual(sent, { home: 'h0' });
    });
  }

  it('does not take a typed word for the value of a choice', async () => {
    const shown = await Homes.show();
    await shown.types('none');
    await shown.presses('Tab');
    assert.equal(shown.input.value.trim(), 'none');
    shown.press('Send my answers');
    await shown.untilText('This is not one of the answers offered.');
  });

  it('counts what was typed when Enter sends it with the list closed', async () => {
    const shown = await Homes.show();
    await shown.types('oak lane');
    await shown.presses('Escape', 'Enter');
    const sent = await shown.sent();
    assert.deepEqual(sent, { home: 'h37' });
  });

  it('takes an answer back when its text is deleted or cleared', async () => {
    const shown = await Homes.show({ required: false });
    for (const way of ['delete', 'button', 'keyboard']) {
      await shown.types('oak lane');
      await shown.presses('Enter');
      assert.equal(shown.input.value, 'Oak Lane');
      if (way === 'delete') {
        shown.input.select();
        await shown.presses('Backspace', 'Tab');
      } else if (way === 'button') await shown.clicks(shown.get('#q-home-clear'));
      else await shown.presses('Tab', 'Enter');
      assert.equal(shown.input.value, '', way);
      assert.isTrue(shown.get('#q-home-clear').hidden);
    }
    assert.equal(shown.focused, shown.input);
    shown.press('Send my answers');
    const sent = await shown.sent();
    assert.deepEqual(sent, {});
  });
});
