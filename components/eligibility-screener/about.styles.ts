import { css } from 'lit';

/** How the study's "about" looks: quiet, to be read or skipped. */
export const aboutStyles = css`
  .about {
    margin: 8px 0 28px;
    padding: 20px;
    background: var(--ground);
    border-radius: var(--radius);
  }
  .about:focus {
    outline: none;
  }
  .about section + section {
    margin-top: 24px;
  }
  .about h3 {
    margin-bottom: 6px;
  }
  .timeline {
    display: grid;
    gap: 16px;
    margin-top: 10px;
    padding: 0;
    list-style: none;
  }
  .timeline li {
    position: relative;
    margin: 0;
    padding-inline-start: 28px;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 0;
    width: 12px;
    height: 12px;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--paper);
  }
  .timeline li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: 22px -14px;
    inset-inline-start: 5px;
    width: 2px;
    background: var(--line);
  }
  .timeline .meta {
    font-weight: 400;
    margin-inline-start: 6px;
  }
  .sites {
    display: grid;
    gap: 2px;
    padding: 0;
    list-style: none;
  }
  .sites.many {
    max-height: 260px;
    overflow-y: auto;
    margin-top: 6px;
    padding: 8px 14px;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .sites li {
    margin: 0;
    padding: 6px 0;
  }
  .sites .meta {
    margin-inline-start: 6px;
  }
`;
