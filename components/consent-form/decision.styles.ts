import { css } from 'lit';

/** How what is asked, the decision, the signature block and the copy look. */
export const decisionStyles = css`
  .contacts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px 20px;
    margin: 14px 0 0;
  }
  .contacts dt {
    font-size: 15px;
    color: var(--ink-2);
  }
  .contacts dd {
    margin: 0 0 8px;
  }
  @container (min-width: 560px) {
    .contacts {
      grid-template-columns: 12em minmax(0, 1fr);
      align-items: baseline;
    }
    .contacts dd {
      margin: 0;
    }
  }
  .change {
    margin-top: 24px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .change .same {
    color: var(--ink-2);
  }
  ins {
    padding: 1px 3px;
    text-decoration: underline;
    text-decoration-color: var(--good);
    text-decoration-thickness: 2px;
    text-underline-offset: 0.2em;
    background: var(--accent-weak);
  }
  del {
    color: var(--ink-2);
    text-decoration-color: var(--bad);
  }
  .question[aria-disabled='true'] .choice:not(:has(input:checked)) {
    cursor: not-allowed;
    color: var(--ink-2);
  }
  .right {
    margin-top: 10px;
    font-weight: 600;
    color: var(--good);
  }
  .good {
    color: var(--good);
  }
  .explain {
    margin: 12px 0 0;
  }
  .decision {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
    gap: 12px;
    margin-top: 24px;
  }
  .decision .secondary {
    min-height: 64px;
    font-size: 17px;
  }
  .decision .secondary[aria-disabled='true'] {
    cursor: not-allowed;
    color: var(--ink-2);
    border-style: dashed;
  }
  .decision + .actions {
    margin-top: 16px;
  }
  .open {
    margin-top: 4px;
    padding: 0;
    list-style: none;
  }
  .open li {
    margin: 0;
  }
  .notice .open button.text {
    margin-inline-start: 0;
    padding-inline: 0;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  blockquote {
    max-width: 65ch;
    margin: 16px 0 0;
    padding: 12px 16px;
    background: var(--ground);
    border-inline-start: 4px solid var(--line-strong);
    border-radius: 4px;
  }
  label.title {
    display: block;
    margin-bottom: 6px;
  }
  .slot .help {
    margin: 0 0 8px;
  }
  .slot .line {
    max-width: 32em;
  }
  .slot .line[aria-invalid='true'] {
    border-color: var(--bad);
  }
  legend.title {
    margin-bottom: 6px;
  }
  .choices.two {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
  }
  .typed,
  .drawn {
    margin-top: 14px;
  }
  .drawn .quiet {
    font-size: 15px;
  }
  .hand {
    font-family: 'Snell Roundhand', 'Segoe Script', 'Bradley Hand', 'Apple Chancery', cursive;
    font-size: 26px;
    line-height: 1.4;
  }
  .pad {
    display: block;
    width: 100%;
    height: 180px;
    margin-top: 6px;
    color: var(--ink);
    background: var(--paper);
    border: 1.5px solid var(--line-strong);
    border-radius: var(--radius);
    cursor: crosshair;
    touch-action: none;
  }
  .leaving {
    margin-top: 28px;
  }
  .leaving h3 + p {
    margin-top: 4px;
  }
  h3.later {
    margin-top: 24px;
  }
  .copy section {
    margin-top: 28px;
  }
  .copy .section {
    margin-top: 8px;
  }
  .copy .block {
    padding-top: 20px;
    border-top: 1px solid var(--line);
  }
  .code-words {
    font-size: 14px;
    overflow-wrap: anywhere;
  }
  .mark {
    display: block;
    max-width: 320px;
    margin: 16px 0;
  }
  .mark path {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media print {
    .around,
    .actions,
    .footing,
    .foot,
    .test-mode {
      display: none;
    }
    .card {
      border: 0;
      padding: 0;
    }
    .copy section {
      break-inside: avoid;
    }
  }
`;
