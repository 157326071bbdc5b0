import { css } from 'lit';

/** How links, what they are handed out with, and what came of them look. */
export const linkStyles = css`
  .block {
    margin-top: 32px;
  }
  .block.first {
    margin-top: 20px;
  }
  .links {
    margin-top: 40px;
    padding-top: 28px;
    border-top: 1px solid var(--line);
  }
  .block > .help {
    margin: 4px 0 12px;
  }
  .block .notice,
  h2 ~ .notice {
    margin: 16px 0 0;
  }
  .code-large {
    font-family: Menlo, Consolas, monospace;
    font-size: 34px;
    line-height: 1.2;
    font-weight: 650;
    letter-spacing: 0.06em;
  }
  .code-large + .help {
    margin: 4px 0 16px;
  }
  .copy-field {
    margin-top: 16px;
  }
  .copy-field label {
    font-weight: 600;
  }
  .copy-field .input {
    margin: 6px 0;
  }
  .copy-field .actions {
    margin-top: 8px;
    min-height: 48px;
  }
  .good {
    color: var(--good);
    font-weight: 600;
  }
  .scan {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 16px 24px;
    margin-top: 12px;
  }
  .scan .actions {
    flex: 1 1 220px;
    margin-top: 0;
  }
  .scan .actions p:empty {
    display: none;
  }
  .scan .qr {
    flex: none;
    width: 208px;
    height: 208px;
    background: #fff;
    border: 1px solid var(--line);
    border-radius: 8px;
    forced-color-adjust: none;
  }
  .scan .qr path {
    fill: #000;
    shape-rendering: crispEdges;
  }
  figure {
    max-width: 440px;
    margin: 16px 0 0;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
  }
  figure .poster {
    font-size: 12px;
  }
  .entries {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    max-width: none;
    margin-top: 12px;
    padding: 0;
    list-style: none;
  }
  .entries li {
    margin: 0;
    padding: 6px 16px 14px;
    border: 1.5px solid var(--line);
    border-radius: var(--radius);
  }
  .entries li.ended {
    background: var(--ground);
  }
  .entries button.text {
    font-family: Menlo, Consolas, monospace;
    font-size: 19px;
    letter-spacing: 0.04em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 110px), 1fr));
    gap: 8px 16px;
    margin: 12px 0 0;
  }
  .counts dt {
    font-size: 14px;
    color: var(--ink-2);
  }
  .counts dd {
    margin: 0;
    font-size: 23px;
    line-height: 1.3;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .paper {
    position: fixed;
    inset-block-start: 0;
    inset-inline-start: 0;
    width: 1px;
    height: 1px;
    border: 0;
    opacity: 0;
    pointer-events: none;
  }
  .footing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 14px;
    font-size: 14px;
    color: var(--ink-2);
  }
  .footing button.quiet {
    margin-top: 0;
    font-size: 14px;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
`;
