import { css } from 'lit';

/** How invitations, ways back and the quiet choices in a card's foot look. */
export const sessionStyles = css`
  .session h2 + p {
    margin-top: 12px;
  }
  .session .notice {
    margin: 20px 0 0;
  }
  .session .entries {
    display: grid;
    gap: 12px;
    margin-top: 16px;
    padding: 0;
    list-style: none;
  }
  .session .entries li {
    margin: 0;
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .session .entries .actions {
    margin-top: 4px;
  }
  .session .question {
    margin-top: 20px;
  }
  .session .line {
    max-width: 32em;
  }
  .session .line[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .session label {
    font-weight: 600;
  }
  .session .problem {
    margin-top: 6px;
    color: var(--bad);
    font-weight: 600;
    font-size: 15px;
  }
  .session > .actions,
  .session form > .actions {
    margin-top: 24px;
  }
  .way-back {
    margin-top: 28px;
    padding: 18px 20px;
    background: var(--ground);
    border: 1px solid transparent;
    border-radius: var(--radius);
  }
  .way-back h3 {
    margin-bottom: 6px;
  }
  .way-back .actions + p {
    margin-top: 16px;
  }
  .way-back .both {
    display: flex;
    flex-wrap: wrap;
    gap: 20px;
    align-items: flex-start;
    margin-top: 16px;
  }
  .way-back .words {
    flex: 1 1 240px;
    min-width: 0;
  }
  .way-back .line {
    font-size: 15px;
  }
  .way-back .code-groups {
    margin-top: 4px;
    font-family: Menlo, Consolas, monospace;
    font-size: 15px;
    letter-spacing: 0.02em;
  }
  .qr {
    flex: none;
    width: 176px;
    height: 176px;
    background: #fff;
    border-radius: 8px;
    forced-color-adjust: none;
  }
  .qr path {
    fill: #000;
    shape-rendering: crispEdges;
  }
  .footing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 14px;
    min-height: 44px;
    font-size: 14px;
    color: var(--ink-2);
  }
  .footing button.quiet {
    margin-top: 0;
    font-size: 14px;
    color: var(--ink-2);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    text-decoration-color: var(--line-strong);
  }
  .footing p {
    padding: 8px 0;
  }
`;
