import { css } from 'lit';

/**
 * What every element's shadow root starts from. Two walls against the page: `:host` gives up every inherited property,
 * and what a page's `*` rules could still do to the host's own box (they outrank a plain :host rule) is taken back with
 * !important, which from inside wins. Placing the box (margin, width, grid area) stays the page's. The root starts from
 * `all: initial` once more, so that nothing the page forces onto the host is inherited. Lengths are px and em: the
 * page's root size is not ours.
 */
export const base = css`
  :host {
    all: initial;
    display: block !important;
    padding: 0 !important;
    border: 0 !important;
    outline: 0 !important;
    background: none !important;
    box-shadow: none !important;
    filter: none !important;
    opacity: 1 !important;
    transform: none !important;
    overflow: visible !important;
    columns: auto !important;
    writing-mode: horizontal-tb !important;
    text-decoration: none !important;
    zoom: 1 !important;
  }
  :host::before,
  :host::after {
    display: none !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  .root,
  .root *,
  .root *::before,
  .root *::after {
    box-sizing: border-box;
  }
  .root {
    all: initial;
    /* What is placed within stays within, clipped where the page clips us: else it could lengthen the page. */
    position: relative;
    display: block;
    container-type: inline-size;
    font-family: var(--font);
    font-size: 17px;
    line-height: 1.5;
    color: var(--ink);
    text-align: start;
    overflow-wrap: break-word;
    -webkit-text-size-adjust: none;
    text-size-adjust: none;
    -webkit-tap-highlight-color: transparent;
  }
  /* A container has no width of its own: without this, a flex row or a float would shrink the element to nothing. */
  .strut {
    all: initial;
    display: block;
    max-width: 720px;
    height: 0;
    overflow: hidden;
    visibility: hidden;
    word-spacing: 80px;
  }
  .strut::before {
    content: 'n n n n n n n n n n';
  }
  .root[dir='rtl'] {
    direction: rtl;
  }
  .root[data-theme='light'] {
    color-scheme: light;
  }
  .root[data-theme='dark'] {
    color-scheme: dark;
  }
  .card {
    display: block;
    max-width: 720px;
    margin: 0 auto;
    padding: 20px 20px 24px;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) + 4px);
  }
  @container (min-width: 560px) {
    .card {
      padding: 28px 36px 32px;
    }
  }
  @container (max-width: 319px) {
    .card {
      padding: 16px 12px 20px;
    }
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    font: inherit;
  }
  h2 {
    font-size: 23px;
    line-height: 1.3;
    font-weight: 650;
  }
  h3 {
    font-size: 19px;
    line-height: 1.35;
    font-weight: 600;
  }
  h4 {
    font-weight: 600;
  }
  h2:focus-visible,
  h2:focus,
  .summary:focus {
    outline: none;
  }
  p,
  ul,
  ol,
  h2,
  h3,
  h4 {
    max-width: 65ch;
  }
  :is(p, ul, ol) + :is(p, ul, ol) {
    margin-top: 12px;
  }
  ul,
  ol {
    padding-inline-start: 1.3em;
  }
  li + li {
    margin-top: 4px;
  }
  strong {
    font-weight: 650;
  }
  a {
    color: var(--accent-strong);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    border-radius: 3px;
  }
  .reach {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 16px;
  }
  .reach a,
  .resources a {
    display: inline-block;
    min-width: 44px;
    padding: 11px 0;
    overflow-wrap: anywhere;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .meta {
    font-size: 14px;
    color: var(--ink-2);
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    -webkit-appearance: none;
    appearance: none;
    background: none;
    border: 0;
    border-radius: var(--radius);
    margin: 0;
    padding: 0;
  }
  button.primary {
    min-height: 52px;
    padding: 10px 26px;
    font-weight: 600;
    color: var(--on-accent);
    background: var(--accent);
    border: 2px solid transparent;
    transition: background-color 150ms;
  }
  button.primary:hover {
    background: var(--accent-strong);
  }
  button.primary[aria-disabled='true'] {
    cursor: progress;
    /* Not by opacity: a browser then no longer vouches that a button is seen. */
    background: color-mix(in srgb, var(--accent) 75%, var(--paper));
  }
  button.secondary {
    min-height: 48px;
    padding: 8px 20px;
    font-weight: 600;
    color: var(--accent-strong);
    border: 1.5px solid var(--line-strong);
    background: var(--paper);
  }
  button.secondary:hover {
    border-color: var(--accent);
    background: var(--accent-weak);
  }
  button.text,
  button.quiet {
    min-height: 44px;
    padding: 8px 12px;
    margin-inline-start: -12px;
    font-weight: 600;
    text-align: start;
    color: var(--accent-strong);
  }
  button.text:hover,
  button.quiet:hover {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .notice {
    margin-bottom: 20px;
    padding: 12px 16px;
    font-size: 15px;
    border-inline-start: 4px solid var(--line-strong);
    background: var(--ground);
    border-radius: 4px;
  }
  /* Room for the quiet choices that come while the first page is being read. */
  .footing {
    min-height: 44px;
  }
  .note {
    margin-top: 24px;
  }
  .fallback {
    margin-top: 16px;
  }
  .loading {
    min-height: 120px;
  }
  .test-mode {
    margin: 0 0 16px;
    font-size: 14px;
    color: var(--warn);
  }
  @media (prefers-reduced-motion: reduce) {
    .root * {
      transition: none !important;
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    button.primary {
      color: ButtonText;
      background: ButtonFace;
      border-color: ButtonText;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
