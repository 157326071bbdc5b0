import { css } from 'lit';

/** A line of text to fill in, or to copy, outside of a form's own questions. */
export const lineStyles = css`
  .line {
    display: block;
    width: 100%;
    min-height: 48px;
    margin: 6px 0;
    padding: 8px 14px;
    font: inherit;
    color: var(--ink);
    background: var(--paper);
    border: 1.5px solid var(--line-strong);
    border-radius: var(--radius);
  }
`;
