import { html, nothing } from 'lit';
import type { RatingQuestion, SingleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/questions.ts';
import { choiceRow } from '../../element/choice-row.ts';
import { choiceStyles } from '../../styles/choice.styles.ts';
import { choiceText, describedBy, type Field, help, problemText, title } from '../field.ts';
import { controlId, otherText } from './choice-rows.ts';

export const styles = [choiceStyles];

/** Radio group, yes and no, and rating: one answer among choices that all stand in view. */
export const draw: Field<SingleChoice | RatingQuestion> = (context) => {
  const { question, value, id, problems, say } = context;
  // Side by side only what fits there on a phone: figures, not sentences.
  const scale = question.type === 'rating' && question.choices.every((choice) => choiceText(choice, say).length <= 3);
  const ends = question.type === 'rating' ? scaleEnds(question, say) : undefined;
  return html`
    <fieldset
      class="question"
      role="radiogroup"
      aria-required=${question.required ? 'true' : nothing}
      aria-invalid=${problems.length > 0 ? 'true' : nothing}
      aria-describedby=${describedBy(context, ends)}
    >
      <legend>${title(context)}</legend>
      ${help(context, ends)} ${problemText(context)}
      <div class=${scale ? 'choices scale' : 'choices'}>
        ${question.choices.map((choice, index) => [
          choiceRow({
            words: choiceText(choice, say),
            type: 'radio',
            id: controlId(id, index),
            name: id,
            checked: choice.value === value,
            disabled: question.readOnly || !choice.enabled,
            invalid: problems.length > 0,
            chosen: () => context.answer(choice.value),
          }),
          choice.special === 'other' && choseOther(question, value)
            ? otherText(context, 'otherPlaceholder' in question ? question.otherPlaceholder : undefined)
            : nothing,
        ])}
      </div>
      ${
        question.required || question.readOnly || value === undefined
          ? nothing
          : html`<button class="quiet" type="button" @click=${(event: Event) => clear(event, context)}>${say('clear')}</button>`
      }
    </fieldset>`;
};

/** The button goes with the answer that it takes back, so the focus goes to the choices first. */
function clear({ currentTarget }: Event, { answer }: Parameters<Field>[0]): void {
  if (currentTarget instanceof Element) currentTarget.closest('fieldset')?.querySelector('input')?.focus();
  answer(undefined);
}

function scaleEnds({ choices, lowest, highest }: RatingQuestion, say: Parameters<Field>[0]['say']): string | undefined {
  if (lowest === undefined || highest === undefined) return lowest ?? highest;
  const [low, high] = [choices[0]?.text ?? '', choices.at(-1)?.text ?? ''];
  return say('rating-ends', { low, lowest, high, highest });
}
