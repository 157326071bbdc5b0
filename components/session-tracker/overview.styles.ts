import { css } from 'lit';

/** How what comes next and the line of stops look: beside each other where there is room, below each other where not. */
export const overviewStyles = css`
  /* A plan that the page gives has nobody's session at its foot. */
  .footing:empty {
    min-height: 0;
  }
  .card {
    max-width: 1088px;
  }
  .arm {
    margin-top: 2px;
  }
  .section {
    margin-top: 16px;
  }
  a.button {
    display: inline-block;
    min-height: 52px;
    padding: 12px 26px;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    color: var(--on-accent);
    background: var(--accent);
    border: 2px solid transparent;
    border-radius: var(--radius);
  }
  a.button:hover {
    background: var(--accent-strong);
  }
  .ahead {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    margin-top: 20px;
  }
  .coming {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    justify-items: start;
    padding: 20px;
    background: var(--accent-weak);
    /* Seen where colours are forced and the tint is not. */
    border: 1px solid transparent;
    border-radius: var(--radius);
  }
  .leaf {
    display: grid;
    justify-items: center;
    min-width: 76px;
    padding: 8px 12px 10px;
    font-size: 14px;
    line-height: 1.3;
    color: var(--ink-2);
    background: var(--paper);
    border: 1px solid transparent;
    border-radius: var(--radius);
  }
  .leaf strong {
    font-size: 30px;
    line-height: 1.15;
    color: var(--ink);
  }
  .coming-words {
    min-width: 0;
  }
  .coming-words p + p {
    margin-top: 2px;
  }
  .coming-words .soon {
    font-size: 15px;
    font-weight: 600;
    color: var(--accent-strong);
  }
  .coming-words .soon::first-letter {
    text-transform: uppercase;
  }
  .coming-words h3 + p {
    margin-top: 4px;
  }
  .coming-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 24px;
    width: 100%;
  }
  .coming-actions a.button {
    flex: 1 1 auto;
  }
  .coming-actions button.text {
    margin-inline-start: 0;
    padding-inline: 0;
  }
  .then {
    margin: 12px 0 0;
    padding: 0 4px;
  }
  .then dd {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 20px;
    margin: 0;
    padding: 10px 0;
    border-bottom: 1px solid var(--line);
  }
  .track {
    margin-top: 32px;
  }
  .track h3 {
    margin-bottom: 12px;
    font-size: 17px;
  }
  .track .optional {
    font-size: 15px;
    font-weight: 400;
    color: var(--ink-2);
  }
  .line-of-stops {
    max-width: none;
    padding: 0;
    list-style: none;
  }
  .stop {
    position: relative;
    margin: 0;
  }
  /* From each sign to the next one. */
  .stop::before {
    content: '';
    position: absolute;
    inset-block: 36px -12px;
    inset-inline-start: 12px;
    border-inline-start: 2px solid var(--line);
  }
  .stop:last-child::before {
    display: none;
  }
  .stop button,
  .stop .plain {
    display: grid;
    grid-template-columns: 26px minmax(0, 1fr);
    gap: 14px;
    width: 100%;
    min-height: 56px;
    padding: 6px 0 10px;
    text-align: start;
    border-radius: 8px;
  }
  .stop button:hover .name {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .stop-words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
  }
  .stop .name {
    font-size: 16px;
    line-height: 1.35;
  }
  .stop button .name {
    color: var(--accent-strong);
  }
  .stop .meta {
    line-height: 1.4;
  }
  .stop .state::before {
    content: ' · ';
    font-weight: 400;
    color: var(--ink-2);
  }
  .attended::before,
  .done::before,
  .made-up::before,
  .partial::before {
    border-color: var(--accent);
  }
  .sign {
    position: relative;
    width: 26px;
    height: 26px;
    margin-top: -1px;
    color: var(--line-strong);
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .sign circle {
    fill: var(--paper);
  }
  .sign.full {
    color: var(--accent);
  }
  .sign.full circle {
    fill: currentColor;
  }
  .sign.full path {
    stroke: var(--on-accent);
    stroke-width: 2.4;
  }
  .sign.strong {
    color: var(--accent);
    stroke-width: 3;
  }
  .sign.strong path {
    stroke-width: 8;
  }
  .sign.dashed circle {
    stroke-dasharray: 3.5 4.35;
  }
  .missed .sign,
  .waiting .sign {
    color: var(--warn);
  }
  .partial .sign,
  .made-up .sign {
    color: var(--accent);
  }
  .missed .state,
  .waiting .state {
    font-weight: 600;
    color: var(--warn);
  }
  .next .state,
  .open .state {
    font-weight: 600;
    color: var(--accent-strong);
  }
  .stop.next .name,
  .stop.open .name {
    font-weight: 650;
  }
  @container (min-width: 560px) {
    .coming {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      column-gap: 20px;
    }
    .coming .coming-actions {
      grid-column: 2;
    }
    .coming-actions a.button {
      flex: none;
    }
  }
  @container (min-width: 760px) {
    .coming {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }
    .coming:not(:has(.leaf)) {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .coming .coming-actions {
      grid-column: auto;
      flex-direction: column;
      width: auto;
    }
    .line-of-stops {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(106px, 1fr));
      row-gap: 16px;
    }
    .line-of-stops.few {
      grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    }
    .stop::before {
      inset-block: 17px auto;
      inset-inline: 30px -2px;
      border: 0;
      border-block-start: 2px solid var(--line);
    }
    .stop .state {
      display: block;
    }
    .stop .state::before {
      content: none;
    }
    .stop button,
    .stop .plain {
      grid-template-columns: minmax(0, 1fr);
      align-content: start;
      gap: 8px;
      padding-inline-end: 2px;
    }
    .stop .name {
      font-size: 14px;
    }
  }
  @media (forced-colors: active) {
    .coming,
    .leaf {
      border-color: CanvasText;
    }
    a.button {
      color: LinkText;
      border-color: LinkText;
    }
    .root .stop::before {
      border-color: CanvasText;
    }
    .root svg.sign {
      color: CanvasText;
      forced-color-adjust: none;
    }
    .sign circle {
      fill: Canvas;
    }
    .sign.full path {
      stroke: Canvas;
    }
  }
`;
