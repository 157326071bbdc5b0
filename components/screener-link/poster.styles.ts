import { css } from 'lit';

/** How a poster looks: black on white wherever it stands, every length by its type size, which the place sets. */
export const posterStyles = css`
  .poster {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 1.1em;
    padding: 2.2em 1.8em;
    color: #000;
    background: #fff;
    font-family: var(--font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    line-height: 1.4;
    text-align: center;
    forced-color-adjust: none;
  }
  .poster p {
    max-width: min(34em, 100%);
    margin: 0;
    overflow-wrap: anywhere;
  }
  .poster .ask {
    font-size: 2.3em;
    line-height: 1.15;
    font-weight: 700;
  }
  .poster .study {
    font-size: 1.4em;
    line-height: 1.3;
    font-weight: 600;
  }
  .poster .qr {
    flex: none;
    width: 16em;
    max-width: 100%;
    height: auto;
    background: #fff;
    border-radius: 0;
    forced-color-adjust: none;
  }
  .poster .qr path {
    fill: #000;
    shape-rendering: crispEdges;
  }
  .poster .typed {
    font-size: 1.6em;
    font-weight: 700;
  }
  .poster .whole {
    white-space: nowrap;
  }
  .poster .test-mode {
    padding: 0.2em 1em;
    color: #000;
    border: 2px dashed #000;
    font-weight: 600;
  }
  .poster .who {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.8em 2em;
    align-self: stretch;
    margin-top: 0.4em;
    padding-top: 1em;
    border-top: 2px solid #000;
    text-align: start;
  }
`;

/** The sheet of paper: what the poster stands on when it is printed by itself. */
export const sheetStyles = css`
  html,
  body {
    margin: 0;
    color: #000;
    background: #fff;
  }
  .poster {
    box-sizing: border-box;
    min-height: 240mm;
    justify-content: center;
    padding: 0;
    font-size: 16pt;
  }
`;
