import { css } from 'lit';

/** Notices that warn, people and services to reach, and rows of buttons, as several later screens have them. */
export const noticeStyles = css`
  .notice.warn {
    border-color: var(--warn);
    background: var(--warn-weak);
  }
  .notice.bad {
    border-color: var(--bad);
    background: var(--bad-weak);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 20px;
    margin-top: 12px;
  }
  .people {
    margin-top: 28px;
    padding: 18px 20px;
    background: var(--ground);
    /* Seen where colours are forced and the ground is not. */
    border: 1px solid transparent;
    border-radius: var(--radius);
  }
  .people h3 {
    margin-bottom: 8px;
  }
  .resources {
    display: grid;
    gap: 12px;
    padding: 0;
    list-style: none;
  }
  .resources li {
    display: grid;
    margin: 0;
  }
  button.quiet {
    font-size: 15px;
    font-weight: 500;
    margin-top: 4px;
  }
  @media print {
    .way-on,
    .progress {
      display: none;
    }
  }
`;
