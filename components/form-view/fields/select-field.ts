import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SingleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/questions.ts';
import { choiceStyles } from '../../styles/choice.styles.ts';
import { choiceText, describedBy, type Field, help, problemText, title } from '../field.ts';
import { otherText } from './choice-rows.ts';
import { selectStyles } from './select.styles.ts';
import { textStyles } from './text.styles.ts';

export const styles = [textStyles, choiceStyles, selectStyles];

/** A dropdown that is short enough for the browser's own list, which every phone and screen reader knows. */
export const draw: Field<SingleChoice> = (context) => {
  const { question, value, id, problems, say } = context;
  const chosen = question.choices.findIndex((choice) => choice.value === value);
  return html`
    <div class="question">
      <label for=${id}>${title(context)}</label>
      ${help(context)} ${problemText(context)}
      <select
        id=${id}
        class="input"
        ?disabled=${question.readOnly}
        aria-required=${question.required ? 'true' : nothing}
        aria-invalid=${problems.length > 0 ? 'true' : nothing}
        aria-describedby=${describedBy(context)}
        .value=${live(String(chosen))}
        @change=${(event: Event) => context.answer(question.choices[Number((event.currentTarget as HTMLSelectElement).value)]?.value)}
      >
        <option value="-1" ?selected=${chosen === -1}>${question.placeholder ?? say('choose')}</option>
        ${question.choices.map(
          (choice, index) =>
            html`<option value=${index} ?disabled=${!choice.enabled} ?selected=${index === chosen}>${choiceText(choice, say)}</option>`,
        )}
      </select>
      ${choseOther(question, value) ? otherText(context, question.otherPlaceholder) : nothing}
    </div>`;
};
