import { css } from 'lit';

/** How a long dropdown looks, over the look of a line of text: its buttons, and the list over what stands below. */
export const comboboxStyles = css`
  .combobox {
    position: relative;
    scroll-margin: 64px;
  }
  .combobox > .input {
    padding-inline-end: 104px;
    text-overflow: ellipsis;
  }
  .tools {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 6px;
    display: flex;
    align-items: center;
  }
  .tools button {
    display: grid;
    place-content: center;
    width: 44px;
    height: 44px;
    color: var(--ink-2);
    border-radius: 50%;
  }
  .tools button:hover {
    color: var(--accent-strong);
    background: var(--accent-weak);
  }
  .tools svg {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    transition: transform 150ms;
  }
  .tools [aria-expanded='true'] svg {
    transform: rotate(180deg);
  }
  .popup {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    top: calc(100% + 8px);
    display: flex;
    flex-direction: column;
    max-height: var(--room, 320px);
    overflow: hidden;
    background: var(--paper);
    border: 1.5px solid var(--line-strong);
    border-radius: var(--radius);
    box-shadow:
      0 2px 6px oklch(0.2 0.02 230 / 0.1),
      0 12px 32px oklch(0.2 0.02 230 / 0.18);
  }
  .combobox [hidden] {
    display: none;
  }
  .above .popup {
    top: auto;
    bottom: calc(100% + 8px);
  }
  .list {
    position: relative;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .results,
  .special {
    padding: 6px;
  }
  .special {
    background: var(--ground);
    border-top: 1px solid var(--line);
    box-shadow: 0 -6px 12px -6px oklch(0.2 0.02 230 / 0.14);
    position: sticky;
    bottom: 0;
  }
  .results[hidden] + .special {
    border-top: 0;
  }
  .remark {
    max-width: none;
    padding: 12px 18px;
    font-size: 15px;
    color: var(--ink-2);
    border-bottom: 1px solid var(--line);
  }
  .option {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    padding: 8px 12px;
    border-radius: max(4px, calc(var(--radius) - 6px));
    cursor: pointer;
  }
  @media (hover: hover) {
    .option:hover {
      background: var(--accent-weak);
    }
  }
  .option.active {
    background: var(--accent-weak);
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .option[aria-selected='true'] {
    font-weight: 600;
  }
  .option[aria-selected='true']::after {
    content: '';
    width: 8px;
    height: 14px;
    margin: -4px 6px 0;
    border: solid var(--accent);
    border-width: 0 2.5px 2.5px 0;
    transform: rotate(45deg);
  }
  .option[aria-disabled='true'] {
    color: var(--ink-2);
    cursor: not-allowed;
  }
  .option mark {
    color: inherit;
    background: none;
    font-weight: 700;
    text-decoration: underline 2px var(--accent);
    text-underline-offset: 0.2em;
  }
  .root[data-theme='dark'] .popup {
    box-shadow:
      0 2px 6px oklch(0 0 0 / 0.4),
      0 12px 32px oklch(0 0 0 / 0.5);
  }
  /* There they would take the results' place. */
  @media (max-height: 480px) {
    .special:has(> :nth-child(3)) {
      position: static;
    }
  }
  @media (max-height: 320px) {
    .special:has(> :nth-child(2)) {
      position: static;
    }
  }
  @media (forced-colors: active) {
    .option.active {
      outline-color: Highlight;
    }
    .option mark {
      color: CanvasText;
    }
  }
`;
