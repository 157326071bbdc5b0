import { css } from 'lit';

/** How a page of questions looks. */
export const formStyles = css`
  .progress {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-bottom: 20px;
  }
  .progress .meta {
    flex: none;
  }
  progress {
    flex: 1;
    min-width: 24px;
    height: 4px;
    -webkit-appearance: none;
    appearance: none;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--line);
    color: var(--accent);
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    transition: inline-size 150ms;
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  .lead {
    margin-top: 6px;
    font-size: 15px;
    color: var(--ink-2);
  }
  .questions {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
    margin-top: 24px;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
  }
  .prose {
    max-width: 65ch;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    display: block;
    width: 100%;
    padding: 0;
  }
  .question > legend,
  .question > label {
    display: block;
    margin-bottom: 10px;
  }
  .title {
    font-size: 19px;
    line-height: 1.35;
    font-weight: 600;
  }
  .optional {
    font-size: 15px;
    font-weight: 400;
    color: var(--ink-2);
  }
  .help {
    margin: -4px 0 12px;
    font-size: 15px;
    color: var(--ink-2);
  }
  .slot.bad {
    padding-inline-start: 16px;
    border-inline-start: 4px solid var(--bad);
  }
  .problem {
    margin: -2px 0 10px;
    font-size: 16px;
    font-weight: 600;
    color: var(--bad);
  }
  .summary {
    margin-bottom: 20px;
    padding: 14px 18px;
    background: var(--bad-weak);
    border-inline-start: 4px solid var(--bad);
    border-radius: 4px;
  }
  .summary p {
    font-weight: 600;
  }
  .summary ul {
    margin-top: 4px;
    padding: 0;
    list-style: none;
  }
  .summary a {
    display: inline-block;
    padding: 10px 0;
    font-weight: 600;
    color: var(--bad);
  }
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
  .choice input[type='checkbox'] {
    border-radius: 6px;
  }
  .choice input::before {
    content: '';
    width: 10px;
    height: 10px;
    border-radius: 50%;
    transform: scale(0);
    background: currentColor;
  }
  .choice input[type='checkbox']::before {
    width: 12px;
    height: 12px;
    border-radius: 0;
    background: var(--on-accent);
    clip-path: polygon(14% 47%, 0 63%, 39% 100%, 100% 22%, 85% 8%, 37% 69%);
  }
  .choice input:checked {
    border-color: var(--accent);
  }
  .choice input[type='checkbox']:checked {
    background: var(--accent);
  }
  .choice input:checked::before {
    transform: scale(1);
  }
  .other {
    display: grid;
    gap: 6px;
    margin: 12px 0 0 36px;
  }
  label.quiet {
    font-size: 15px;
    color: var(--ink-2);
  }
  .text {
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
  button.text {
    width: auto;
    border: 0;
    background: none;
  }
  .text.short {
    max-width: 240px;
  }
  textarea.text {
    resize: vertical;
    line-height: 1.5;
  }
  select.text {
    -webkit-appearance: none;
    appearance: none;
    padding-inline-end: 44px;
    background-image: linear-gradient(45deg, transparent 50%, var(--ink-2) 50%), linear-gradient(135deg, var(--ink-2) 50%, transparent 50%);
    background-position:
      calc(100% - 24px) 22px,
      calc(100% - 18px) 22px;
    background-size: 6px 6px;
    background-repeat: no-repeat;
    cursor: pointer;
  }
  .root[dir='rtl'] select.text {
    background-position:
      18px 22px,
      24px 22px;
  }
  .text:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .text::placeholder {
    color: var(--ink-2);
    opacity: 1;
  }
  .slot.bad .text {
    border-color: var(--bad);
  }
  .calculated {
    font-size: 19px;
  }
  .scale {
    grid-template-columns: repeat(auto-fit, minmax(52px, 1fr));
  }
  .scale .choice {
    grid-template-columns: 1fr;
    justify-items: center;
    gap: 6px;
    padding: 10px 6px;
    text-align: center;
  }
  .matrix .heads {
    display: none;
  }
  .matrix .row {
    margin-top: 20px;
  }
  .matrix .row > legend {
    margin-bottom: 8px;
    font-weight: 600;
  }
  .matrix .cells {
    display: grid;
    gap: 8px;
  }
  @container (min-width: 640px) {
    .matrix .heads,
    .matrix .row {
      display: grid;
      grid-template-columns: minmax(0, 1.6fr) minmax(0, 2fr);
      align-items: center;
      column-gap: 16px;
      margin-top: 0;
      border-bottom: 1px solid var(--line);
    }
    .matrix .heads {
      grid-template-columns: minmax(0, 2fr);
      justify-content: end;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      grid-template-columns: none;
      padding-inline-start: calc((100% - 16px) * 0.4444 + 16px);
      padding-bottom: 8px;
      font-size: 14px;
      color: var(--ink-2);
      text-align: center;
    }
    .matrix .row > legend {
      float: inline-start;
      width: auto;
      margin: 0;
      padding: 14px 0;
      font-weight: 400;
    }
    .matrix .row .problem {
      grid-column: 1 / -1;
    }
    .matrix .cells {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      gap: 0;
    }
    .matrix .cell {
      grid-template-columns: 1fr;
      justify-items: center;
      padding: 10px 4px;
      border-color: transparent;
      background: none;
    }
    .matrix .cell .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  .way-on {
    display: grid;
    gap: 8px;
    margin-top: 32px;
  }
  .way-on .primary {
    width: 100%;
  }
  .way-on .second {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 44px;
  }
  @container (min-width: 480px) {
    .way-on {
      display: flex;
      flex-direction: row-reverse;
      align-items: center;
      justify-content: flex-start;
      gap: 16px;
    }
    .way-on .primary {
      width: auto;
    }
    .way-on .second {
      flex: 1;
    }
  }
  .foot {
    margin-top: 24px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
    font-size: 15px;
    color: var(--ink-2);
  }
  .foot a {
    display: inline-block;
    padding: 6px 0;
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
    select.text {
      -webkit-appearance: auto;
      appearance: auto;
      background-image: none;
    }
    progress {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
    progress::-webkit-progress-bar {
      background: Canvas;
    }
    progress::-webkit-progress-value {
      background: CanvasText;
    }
    progress::-moz-progress-bar {
      background: CanvasText;
    }
  }
  @media print {
    .way-on,
    .progress {
      display: none;
    }
  }
`;
