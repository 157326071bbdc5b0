import { css } from 'lit';

/** What the screener's first page needs beside its questions. */
export const screenerStyles = css`
  .note {
    margin-top: 24px;
  }
  .fallback {
    margin-top: 16px;
  }
  .loading {
    min-height: 120px;
  }
`;
