import { css } from 'lit';

/** How choices look: whole rows, the native control filled, a ring on the row that has the focus. */
export const choiceStyles = css`
  .choices {
    display: grid;
    gap: 8px;
  }
  .choice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 14px;
    min-height: 52px;
    padding: 10px 16px;
    background: var(--paper);
    border: 1.5px solid var(--line);
    border-radius: var(--radius);
    cursor: pointer;
    transition:
      background-color 150ms,
      border-color 150ms;
  }
  .choice:hover {
    border-color: var(--line-strong);
  }
  .choice:has(input:checked) {
    background: var(--accent-weak);
    border-color: var(--accent);
    box-shadow: inset 0 0 0 0.5px var(--accent);
  }
  .choice:has(input:focus-visible) {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .choice:has(input:disabled) {
    cursor: not-allowed;
    color: var(--ink-2);
  }
  .choice input {
    -webkit-appearance: none;
    appearance: none;
    display: grid;
    place-content: center;
    width: 22px;
    height: 22px;
    margin: 0;
    color: var(--accent);
    background: var(--paper);
    border: 2px solid var(--line-strong);
    border-radius: 50%;
    cursor: inherit;
  }
  .choice input:focus-visible {
    outline: none;
  }
  .choice input::before {
    content: '';
    width: 10px;
    height: 10px;
    border-radius: 50%;
    transform: scale(0);
    background: currentColor;
  }
  .choice input:checked {
    border-color: var(--accent);
  }
  .choice input:checked::before {
    transform: scale(1);
  }
  .scale {
    grid-template-columns: repeat(auto-fit, minmax(50px, 1fr));
    gap: 4px;
  }
  .scale .choice {
    grid-template-columns: 1fr;
    justify-items: center;
    gap: 6px;
    padding: 10px 6px;
    text-align: center;
  }
  @media (forced-colors: active) {
    .choice:has(input:checked) {
      border-color: Highlight;
      box-shadow: inset 0 0 0 2px Highlight;
    }
    .choice:has(input:focus-visible) {
      outline-color: Highlight;
    }
    .choice input {
      -webkit-appearance: auto;
      appearance: auto;
    }
    .choice input::before {
      content: none;
    }
  }
`;
