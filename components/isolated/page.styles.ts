import { css } from 'lit';

/** The hosted page around its element. Written to page.css by the build, because it must be there before any script. */
export const pageStyles = css`
  .page {
    margin: 0;
    padding: 24px 16px 48px;
    font-family: var(--font);
    font-size: 17px;
    line-height: 1.5;
    color: var(--ink);
    background: var(--ground);
    overflow-wrap: break-word;
    -webkit-text-size-adjust: none;
    text-size-adjust: none;
  }
  .page main,
  .page footer {
    max-width: 720px;
    margin: 0 auto;
  }
  .page h1 {
    margin: 0;
    font-size: 26px;
    line-height: 1.25;
    font-weight: 650;
  }
  .page h2 {
    margin: 0 0 8px;
    font-size: 17px;
    line-height: 1.35;
    font-weight: 600;
  }
  .page p {
    margin: 0 0 12px;
  }
  .page h1 + p {
    margin-bottom: 20px;
  }
  .page section {
    margin-top: 28px;
  }
  .page footer {
    margin-top: 36px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }
  .page a {
    color: var(--accent-strong);
    text-underline-offset: 0.15em;
    border-radius: 3px;
  }
  .page a:hover {
    text-decoration-thickness: 2px;
  }
  .page a:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .page .meta {
    font-size: 14px;
    color: var(--ink-2);
  }
  .page ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .page .people li,
  .page nav {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 16px;
  }
  .page .people li + li {
    border-top: 1px solid var(--line);
  }
  .page .people li {
    min-height: 44px;
    padding: 4px 0 8px;
  }
  .page .people .meta {
    flex-basis: 100%;
  }
  .page .people strong {
    padding: 6px 0;
    font-weight: 600;
  }
  .page .people a,
  .page nav a,
  .page nav span {
    display: inline-block;
    min-width: 44px;
    padding: 10px 0;
  }
  .page nav {
    margin-top: 28px;
  }
  .page nav span {
    color: var(--ink-2);
  }
  .page .next {
    padding: 18px 20px;
    background: var(--accent-weak);
    border: 1px solid transparent;
    border-radius: var(--radius);
  }
  .page .next h2 {
    margin: 0;
    font-size: 14px;
    font-weight: 400;
    color: var(--ink-2);
  }
  .page .next p {
    font-size: 19px;
    font-weight: 600;
  }
  .page .next button {
    min-height: 52px;
    padding: 10px 26px;
    font: inherit;
    font-weight: 600;
    color: var(--on-accent);
    background: var(--accent);
    border: 2px solid transparent;
    border-radius: var(--radius);
    cursor: pointer;
  }
  .page .next button:hover {
    background: var(--accent-strong);
  }
  .page .next button:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .page .back {
    margin: 0 0 8px;
  }
  .page .back button {
    min-height: 44px;
    padding: 10px 0;
    font: inherit;
    color: var(--accent-strong);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    background: none;
    border: 0;
    border-radius: 3px;
    cursor: pointer;
  }
  .page .back button:hover {
    text-decoration-thickness: 2px;
  }
  .page .back button:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .page .done li:not([hidden]) {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding: 10px 0;
    border-bottom: 1px solid var(--line);
  }
  .page .done .state {
    color: var(--good);
    font-weight: 600;
  }
`;
