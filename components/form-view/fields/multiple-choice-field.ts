import { html, nothing } from 'lit';
import type { MultipleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/parse-answer.ts';
import { describedBy, type Field, help, problemText, title } from '../field.ts';
import { choiceStyles } from './choice.styles.ts';
import { choiceRow, controlId, otherText } from './choice-rows.ts';

export const styles = [choiceStyles];

/** Checkboxes: any number of answers among choices that all stand in view. */
export const draw: Field<MultipleChoice> = (context) => {
  const { question, value, id, problems, say } = context;
  const chosen = Array.isArray(value) ? value : [];
  const hint = say('choose-any');
  return html`
    <fieldset class="question" aria-describedby=${describedBy(context, hint)}>
      <legend>${title(context)}</legend>
      ${help(context, hint)} ${problemText(context)}
      <div class="choices">
        ${question.choices.map((choice, index) => [
          choiceRow({
            choice,
            type: 'checkbox',
            id: controlId(id, index),
            name: id,
            checked: chosen.includes(choice.value),
            disabled: question.readOnly,
            invalid: problems.length > 0,
            say,
            chosen: (checked) => {
              const others = chosen.filter((one) => one !== choice.value);
              const next = checked ? [...others, choice.value] : others;
              context.answer(next.length > 0 ? next : undefined);
            },
          }),
          choice.special === 'other' && choseOther(question, value)
            ? otherText(context, question.otherPlaceholder)
            : nothing,
        ])}
      </div>
    </fieldset>`;
};
