import { css } from 'lit';

/** Notices that warn, or say that something went wrong: none of them is on a first page. */
export const noticeStyles = css`
  .notice.warn {
    border-color: var(--warn);
    background: var(--warn-weak);
  }
  .notice.bad {
    border-color: var(--bad);
    background: var(--bad-weak);
  }
`;
