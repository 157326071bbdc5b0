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
