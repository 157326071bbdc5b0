import { css } from 'lit';

/** How a matrix looks: stacked rows, or a grid where there is room. */
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
    .matrix .heads,
    .matrix .row {
      display: grid;
      grid-template-columns: minmax(0, 1.6fr) minmax(0, 2fr);
      align-items: center;
      column-gap: 16px;
      margin-top: 0;
      border-bottom: 1px solid var(--line);
    }
    .matrix .heads {
      grid-template-columns: minmax(0, 2fr);
      justify-content: end;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      grid-template-columns: none;
      padding-inline-start: calc((100% - 16px) * 0.4444 + 16px);
      padding-bottom: 8px;
      font-size: 14px;
      color: var(--ink-2);
      text-align: center;
    }
    .matrix .row > legend {
      float: left;
      width: auto;
      margin: 0;
      padding: 14px 0;
      font-weight: 400;
    }
    .root[dir='rtl'] .matrix .row > legend {
      float: right;
    }
    .matrix .row .problem {
      grid-column: 1 / -1;
    }
    .matrix .cells {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      gap: 0;
    }
    .matrix .cell {
      grid-template-columns: 1fr;
      justify-items: center;
      padding: 10px 4px;
      border-color: transparent;
      background: none;
    }
    .matrix .cell .words {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
