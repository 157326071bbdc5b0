import { css } from 'lit';

/** Support beside an answer, what is said at the end, and a participant's own course. */
export const outcomesStyles = css`
  .prose,
  .delivery {
    margin-top: 16px;
  }
  .delivery p {
    font-size: 15px;
    color: var(--ink-2);
  }
  .delivery .notice p,
  .notice p {
    color: var(--ink);
  }
  .delivery .sent {
    color: var(--good);
  }
  .support {
    border: 1px solid var(--accent);
    background: var(--accent-weak);
  }
  .support .resources {
    margin: 12px 0;
  }
  .summary.gentle ~ .questions .slot {
    border-inline-start-color: var(--accent);
  }
  .summary.gentle ~ .questions .problem {
    font-weight: 400;
    color: var(--ink-2);
  }
  .summary.gentle {
    background: var(--ground);
    border-inline-start-color: var(--accent);
  }
  .summary.gentle a {
    color: var(--accent-strong);
  }
  .summary.gentle .meta {
    font-weight: 400;
  }
  .course {
    margin-top: 32px;
  }
  .course .line {
    margin-top: 20px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .course h4 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .course svg {
    display: block;
    width: 100%;
    max-width: 480px;
    margin: 12px 0;
    fill: none;
    stroke-width: 2;
  }
  .course .axis {
    stroke: var(--line);
    stroke-width: 1;
  }
  .course .way {
    stroke: var(--accent);
  }
  /* A line of no length with round ends is a point. */
  .course .point {
    stroke: var(--accent);
    stroke-width: 10;
    stroke-linecap: round;
  }
  .course table {
    border-collapse: collapse;
    margin-top: 8px;
  }
  .course th,
  .course td {
    padding: 6px 24px 6px 0;
    text-align: start;
    font-weight: 400;
  }
  .course thead th {
    font-size: 14px;
    color: var(--ink-2);
  }
  .course tbody tr {
    border-top: 1px solid var(--line);
  }
`;
