import { css } from 'lit';

/** How one session, its homework and the short forms look. */
export const sessionScreenStyles = css`
  button.back {
    margin-bottom: 12px;
  }
  .session-head {
    display: flex;
    align-items: center;
    gap: 20px;
  }
  .session-head .leaf {
    flex: none;
    background: var(--accent-weak);
  }
  .session-head > div {
    min-width: 0;
  }
  .stand {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 4px;
    font-size: 15px;
  }
  .stand .sign {
    flex: none;
    width: 22px;
    height: 22px;
    margin: 0;
  }
  .delivery:not(:empty) {
    margin-top: 12px;
  }
  .good {
    color: var(--good);
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px 20px;
    margin: 20px 0 0;
  }
  .facts dt {
    font-size: 15px;
    color: var(--ink-2);
  }
  .facts dd {
    margin: 0 0 8px;
  }
  .facts dd::first-letter {
    text-transform: uppercase;
  }
  .part {
    margin-top: 28px;
    padding-top: 20px;
    border-top: 1px solid var(--line);
  }
  .part:has(> .actions:first-child:empty) {
    display: none;
  }
  .part h3 {
    margin-bottom: 4px;
    font-size: 17px;
  }
  .part .help {
    margin: 4px 0 0;
  }
  .part .question {
    margin-top: 16px;
  }
  .part h4 {
    margin-top: 16px;
  }
  label.title {
    display: block;
    margin-bottom: 6px;
    font-size: 17px;
  }
  .part > label.title {
    margin-top: 16px;
  }
  textarea.line {
    min-height: 96px;
    resize: vertical;
  }
  .line {
    max-width: 40em;
  }
  .line[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .written {
    white-space: pre-wrap;
  }
  .problem {
    margin: 0 0 8px;
  }
  .slot .help {
    margin: 0 0 8px;
  }
  fieldset:focus {
    outline: none;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 0 24px;
    margin-top: 4px;
    padding: 0;
    list-style: none;
  }
  .about li {
    margin: 0;
  }
  .about button.text {
    margin-inline-start: 0;
    padding-inline: 0;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .ahead ~ .notice,
  .section ~ .notice {
    margin: 12px 0 0;
  }
  .around {
    display: flex;
    flex-wrap: wrap;
    gap: 0 28px;
    margin-top: 24px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }
  .around button:last-child {
    font-weight: 500;
    color: var(--ink-2);
  }
  .decision {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
    gap: 12px;
    margin-top: 24px;
  }
  .told {
    margin-top: 16px;
  }
`;
