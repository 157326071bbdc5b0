import { css } from 'lit';

/** The frame, and what stands in its place while it loads and where it cannot be drawn. Its height is set beside. */
export const isolatedStyles = css`
  iframe {
    display: block;
    width: 100%;
    border: 0;
    /* Without a colour of its own, so that the host page's shows around the card. */
    background: transparent;
  }
  iframe[data-shown='no'] {
    visibility: hidden;
  }
  .card > * + * {
    margin-top: 16px;
  }
  .go {
    display: inline-block;
    min-height: 52px;
    padding: 13px 28px;
    font-weight: 600;
    text-decoration: none;
    color: var(--on-accent);
    background: var(--accent);
    border: 2px solid transparent;
    border-radius: var(--radius);
  }
  .go:hover {
    background: var(--accent-strong);
  }
  @media (forced-colors: active) {
    .go {
      border-color: LinkText;
    }
  }
`;
