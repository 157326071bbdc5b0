import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CommentQuestion, TextQuestion } from '../../../src/form/form.ts';
import { furtherChoiceStyles } from '../../styles/further-choice.styles.ts';
import { describedBy, type Field, type FieldContext, help, problemText, title } from '../field.ts';
import { textStyles } from './text.styles.ts';

/** With those of the text beside `other`, which is drawn by the field of its choices. */
export const styles = [textStyles, furtherChoiceStyles];

/** One line of text, or several. */
export const draw: Field<TextQuestion | CommentQuestion> = ({ question, ...context }) =>
  question.type === 'text' ? textField({ ...context, question }) : commentField({ ...context, question });

/**
 * One line of text, e-mail, telephone, number or date. A number is a text input with a numeric keyboard: `type="number"`
 * hides what it cannot parse, and what was typed must stay. No `maxlength`, which cuts a pasted text in silence.
 */
const textField: Field<TextQuestion> = (context) => {
  const { question, value, id, problems } = context;
  return html`
    <div class="question">
      <label for=${id}>${title(context)}</label>
      ${help(context)} ${problemText(context)}
      <input
        id=${id}
        class=${question.input === 'number' || question.input === 'date' ? 'input short' : 'input'}
        type=${question.input === 'number' ? 'text' : question.input}
        inputmode=${question.input === 'number' ? 'decimal' : nothing}
        min=${question.input === 'date' ? (question.min ?? nothing) : nothing}
        max=${question.input === 'date' ? (question.max ?? nothing) : nothing}
        placeholder=${question.placeholder ?? nothing}
        autocomplete=${purpose(context)}
        ?readonly=${question.readOnly}
        aria-required=${question.required ? 'true' : nothing}
        aria-invalid=${problems.length > 0 ? 'true' : nothing}
        aria-describedby=${describedBy(context)}
        .value=${live(value === undefined ? '' : String(value))}
        @input=${(event: Event) => {
          const input = event.currentTarget as HTMLInputElement;
          // Half a date reads as empty, which takes back the whole one that stood there: drawn back it would wipe the half.
          context.answer(input.value === '' ? undefined : input.value);
        }}
        @blur=${() => context.left()}
      />
    </div>`;
};

const commentField: Field<CommentQuestion> = (context) => {
  const { question, value, id, problems } = context;
  return html`
    <div class="question">
      <label for=${id}>${title(context)}</label>
      ${help(context)} ${problemText(context)}
      <textarea
        id=${id}
        class="input"
        rows=${question.rows ?? 4}
        placeholder=${question.placeholder ?? nothing}
        autocomplete="off"
        ?readonly=${question.readOnly}
        aria-required=${question.required ? 'true' : nothing}
        aria-invalid=${problems.length > 0 ? 'true' : nothing}
        aria-describedby=${describedBy(context)}
        .value=${live(typeof value === 'string' ? value : '')}
        @input=${(event: Event) => {
          const { value: text } = event.currentTarget as HTMLTextAreaElement;
          context.answer(text === '' ? undefined : text);
        }}
      ></textarea>
    </div>`;
};

/** WCAG 1.3.5: contact fields say what they are for, unless the computer is shared. */
function purpose({ question, autocomplete }: FieldContext<TextQuestion>): string {
  if (!autocomplete) return 'off';
  return question.autocomplete ?? (question.input === 'email' || question.input === 'tel' ? question.input : 'off');
}
