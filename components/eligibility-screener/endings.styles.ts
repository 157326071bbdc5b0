import { css } from 'lit';

/** Verdicts, people to reach, and what is said of delivery: fetched with those screens. */
export const endingsStyles = css`
  .prose,
  .lead-in,
  .people,
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
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 20px;
    margin-top: 12px;
  }
  .code {
    margin-top: 16px;
    font-size: 13px;
  }
`;
