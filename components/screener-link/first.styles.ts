import { css } from 'lit';

/** What signing in and choosing need beside the look of forms. */
export const firstStyles = css`
  label.title {
    display: block;
    margin-bottom: 6px;
  }
  .slot .help {
    margin: 0 0 8px;
  }
  .slot .input {
    max-width: 32em;
  }
  .slot .input.short {
    max-width: 240px;
  }
  .choices.two {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
  }
  .notice.warn {
    border-color: var(--warn);
    background: var(--warn-weak);
  }
`;
