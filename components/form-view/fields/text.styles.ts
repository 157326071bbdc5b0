import { css } from 'lit';

/** How lines and areas of text look; a select as well. */
export const textStyles = css`
  .input {
    display: block;
    width: 100%;
    min-height: 52px;
    margin: 0;
    padding: 10px 16px;
    font: inherit;
    color: var(--ink);
    background: var(--paper);
    border: 1.5px solid var(--line-strong);
    border-radius: var(--radius);
  }
  .input.short {
    max-width: 240px;
  }
  textarea.input {
    resize: vertical;
    line-height: 1.5;
  }
  .input:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .input::placeholder {
    color: var(--ink-2);
    opacity: 1;
  }
  .slot.bad .input {
    border-color: var(--bad);
  }
`;
