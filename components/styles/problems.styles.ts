import { css } from 'lit';

/** How problems stand beside their questions and on top of a page. */
export const problemStyles = css`
  .slot.bad {
    padding-inline-start: 16px;
    border-inline-start: 4px solid var(--bad);
  }
  .problem {
    margin: -2px 0 10px;
    font-size: 16px;
    font-weight: 600;
    color: var(--bad);
  }
  .summary {
    margin-bottom: 20px;
    padding: 14px 18px;
    background: var(--bad-weak);
    border-inline-start: 4px solid var(--bad);
    border-radius: 4px;
  }
  .summary p {
    font-weight: 600;
  }
  .summary ul {
    margin-top: 4px;
    padding: 0;
    list-style: none;
  }
  .summary a {
    display: inline-block;
    min-width: 44px;
    padding: 10px 0;
    font-weight: 600;
    color: var(--bad);
  }
`;
