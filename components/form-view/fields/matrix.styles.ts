import { type CSSResult, css, unsafeCSS } from 'lit';

/** How a matrix looks: stacked rows, or a grid where there is room. Many columns need more of it, and the card gives more. */
export const matrixStyles = css`
  .matrix .heads {
    display: none;
  }
  .matrix .row {
    margin-top: 20px;
  }
  .matrix .row > legend {
    margin-bottom: 8px;
    font-weight: 600;
  }
  .matrix .cells {
    display: grid;
    gap: 8px;
  }
  @container (min-width: 640px) {
    ${grid(unsafeCSS('.matrix:not(.many)'))}
  }
  @container (min-width: 900px) {
    .card:has(.matrix.many) {
      max-width: 960px;
    }
    ${grid(unsafeCSS('.matrix.many'))}
  }
`;

function grid(matrix: CSSResult): CSSResult {
  return css`
    ${matrix} .heads,
    ${matrix} .row {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
      align-items: center;
      column-gap: 16px;
      margin-top: 0;
      border-bottom: 1px solid var(--line);
    }
    ${matrix} .heads {
      grid-template-columns: none;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      align-items: end;
      column-gap: 0;
      /* As far as the second column of the rows. */
      padding-inline-start: calc((100% - 16px) / 3 + 16px);
      padding-bottom: 8px;
      font-size: 14px;
      line-height: 1.3;
      color: var(--ink-2);
      text-align: center;
    }
    ${matrix} .heads span {
      padding: 0 2px;
    }
    ${matrix} .row > legend {
      /* A legend that floats takes its place in the grid. */
      float: left;
      width: auto;
      margin: 0;
      padding: 14px 0;
      font-weight: 400;
    }
    ${matrix} .row .problem {
      margin: -10px 0 12px;
    }
    ${matrix} .cells {
      grid-column: 2;
      grid-row: 1 / span 2;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      gap: 0;
    }
    ${matrix} .cell {
      grid-template-columns: 1fr;
      justify-items: center;
      padding: 10px 4px;
      border-color: transparent;
      background: none;
    }
    ${matrix} .cell .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;
}
