import { css } from 'lit';

/** How a short dropdown looks, over the look of a line of text. */
export const selectStyles = css`
  select.input {
    -webkit-appearance: none;
    appearance: none;
    padding-inline-end: 44px;
    background-image: linear-gradient(45deg, transparent 50%, var(--ink-2) 50%), linear-gradient(135deg, var(--ink-2) 50%, transparent 50%);
    background-position:
      calc(100% - 24px) 22px,
      calc(100% - 18px) 22px;
    background-size: 6px 6px;
    background-repeat: no-repeat;
    cursor: pointer;
  }
  .root[dir='rtl'] select.input {
    background-position:
      18px 22px,
      24px 22px;
  }
  .root [dir='ltr'] select.input {
    background-position:
      calc(100% - 24px) 22px,
      calc(100% - 18px) 22px;
  }
  @media (forced-colors: active) {
    select.input {
      -webkit-appearance: auto;
      appearance: auto;
      background-image: none;
    }
  }
`;
