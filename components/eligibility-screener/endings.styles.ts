import { css } from 'lit';

/** Verdicts, people to reach, and what is said of delivery: fetched with those screens. */
export const endingsStyles = css`
  .prose,
  .lead-in,
  .delivery {
    margin-top: 16px;
  }
  .prose h3 {
    margin: 20px 0 6px;
  }
  .lead-in + h3 {
    margin-top: 24px;
  }
  .lead-in .meta {
    font-size: 15px;
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
  .code {
    margin-top: 16px;
    font-size: 13px;
  }
`;
