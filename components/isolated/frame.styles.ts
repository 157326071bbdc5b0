import { css } from 'lit';

/** The frame's own page: as high as its content, never scrolled (the host page is), without a ground of its own. */
export const frameStyles = css`
  html {
    overflow: hidden;
    background: transparent;
  }
  html[data-theme='light'] {
    color-scheme: light;
  }
  html[data-theme='dark'] {
    color-scheme: dark;
  }
  body {
    margin: 0;
  }
`;
