import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { MatrixQuestion } from '../../../src/form/form.ts';
import type { Value } from '../../../src/study/answers.ts';
import { choiceStyles } from '../../styles/choice.styles.ts';
import { choiceText, describedBy, type Field, help, problemText, rowControlId, title } from '../field.ts';
import { matrixStyles } from './matrix.styles.ts';

export const styles = [choiceStyles, matrixStyles];

/**
 * One choice per row: a grid where there is room, stacked rows where there is not, from the same markup. Each row is a
 * radio group of its own with every choice named, so that no reader depends on the heads of the columns.
 */
export const draw: Field<MatrixQuestion> = (context) => {
  const { question, id, problems, say } = context;
  const rows = rowsOf(context.value);
  return html`
    <fieldset class=${question.columns.length > 5 ? 'question matrix many' : 'question matrix'} aria-describedby=${describedBy(context)}>
      <legend>${question.title === '' ? html`<span class="title">${say('item-legend')}</span>` : title(context)}</legend>
      ${help(context)} ${problemText(context)}
      <div class="heads" aria-hidden="true">${question.columns.map((column) => html`<span>${choiceText(column, say)}</span>`)}</div>
      ${question.rows.map((row, rowIndex) => {
        const rowId = rowControlId(id, rowIndex);
        const problem = problems.find((one) => one.row === row.name);
        return html`
          <fieldset
            class="row"
            role="radiogroup"
            aria-invalid=${problem ? 'true' : nothing}
            aria-describedby=${problem ? `${rowId}-problem` : nothing}
          >
            <legend>${row.text}</legend>
            ${problem ? html`<p class="problem" id="${rowId}-problem">${problem.sentence}</p>` : nothing}
            <div class="cells">
              ${question.columns.map(
                (column, index) => html`
                  <label class="choice cell" part="choice">
                    <input
                      id=${index === 0 ? rowId : `${rowId}-${index}`}
                      type="radio"
                      name=${rowId}
                      ?disabled=${question.readOnly}
                      .checked=${live(rows[row.name] === column.value)}
                      @change=${() => context.answer({ ...rowsOf(context.value), [row.name]: column.value })}
                    />
                    <span class="words">${choiceText(column, say)}</span>
                  </label>`,
              )}
            </div>
          </fieldset>`;
      })}
    </fieldset>`;
};

function rowsOf(value: Value | undefined): Readonly<Record<string, Value>> {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, Value>>) : {};
}
