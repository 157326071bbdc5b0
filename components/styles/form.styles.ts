import { css } from 'lit';

/** How a page of questions looks. */
export const formStyles = css`
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    margin-bottom: 20px;
  }
  .progress .meta {
    flex: none;
  }
  progress {
    flex: 1;
    min-width: 24px;
    height: 4px;
    -webkit-appearance: none;
    appearance: none;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: var(--line);
    color: var(--accent);
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    transition: inline-size 150ms;
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  .lead {
    margin-top: 6px;
    font-size: 15px;
    color: var(--ink-2);
  }
  .questions {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
    margin-top: 24px;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 28px;
  }
  .prose {
    max-width: 65ch;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    display: block;
    width: 100%;
    padding: 0;
  }
  .question > legend,
  .question > label {
    display: block;
    margin-bottom: 10px;
  }
  .title {
    font-size: 19px;
    line-height: 1.35;
    font-weight: 600;
  }
  .optional {
    font-size: 15px;
    font-weight: 400;
    color: var(--ink-2);
  }
  .help {
    margin: -4px 0 12px;
    font-size: 15px;
    color: var(--ink-2);
  }
  .way-on {
    display: grid;
    gap: 8px;
    margin-top: 32px;
  }
  .way-on .primary {
    width: 100%;
  }
  .way-on .second {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 44px;
  }
  @container (min-width: 480px) {
    .way-on {
      display: flex;
      flex-direction: row-reverse;
      align-items: center;
      justify-content: flex-start;
      gap: 16px;
    }
    .way-on .primary {
      width: auto;
    }
    .way-on .second {
      flex: 1;
    }
  }
  .foot {
    max-width: none;
    margin-top: 24px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
    font-size: 15px;
    color: var(--ink-2);
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
    progress::-webkit-progress-bar {
      background: Canvas;
    }
    progress::-webkit-progress-value {
      background: CanvasText;
    }
    progress::-moz-progress-bar {
      background: CanvasText;
    }
  }
`;
