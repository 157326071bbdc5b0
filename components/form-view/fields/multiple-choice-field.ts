import { html, nothing } from 'lit';
import type { MultipleChoice } from '../../../src/form/form.ts';
import { choseOther } from '../../../src/form/questions.ts';
import { choiceRow } from '../../element/choice-row.ts';
import { choiceStyles } from '../../styles/choice.styles.ts';
import { furtherChoiceStyles } from '../../styles/further-choice.styles.ts';
import { choiceText, describedBy, type Field, help, problemText, title } from '../field.ts';
import { controlId, otherText } from './choice-rows.ts';

export const styles = [choiceStyles, furtherChoiceStyles];

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
            words: choiceText(choice, say),
            type: 'checkbox',
            id: controlId(id, index),
            name: id,
            checked: chosen.includes(choice.value),
            disabled: question.readOnly || !choice.enabled,
            invalid: problems.length > 0,
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
