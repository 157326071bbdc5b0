import { css } from 'lit';

/** What choices need besides `choice.styles.ts`: several of a kind, and the text beside `other`. */
export const furtherChoiceStyles = css`
  .choice input[type='checkbox'] {
    border-radius: 6px;
  }
  .choice input[type='checkbox']::before {
    width: 12px;
    height: 12px;
    border-radius: 0;
    background: var(--on-accent);
    clip-path: polygon(14% 47%, 0 63%, 39% 100%, 100% 22%, 85% 8%, 37% 69%);
  }
  .choice input[type='checkbox']:checked {
    background: var(--accent);
  }
  .other {
    display: grid;
    gap: 6px;
    margin-block: 4px 8px;
    margin-inline-start: 36px;
  }
  label.quiet {
    font-size: 15px;
    color: var(--ink-2);
  }
  @media (forced-colors: active) {
    .choice input[type='checkbox']::before {
      content: none;
    }
  }
`;
