import { css } from 'lit';

/** How a document that is being read looks. */
export const readingStyles = css`
  .study {
    margin-bottom: 4px;
  }
  .section {
    margin-top: 16px;
  }
  .section h3 {
    margin: 22px 0 4px;
    font-size: 17px;
  }
  .section h3:first-child {
    margin-top: 0;
  }
  .section h4 {
    margin: 16px 0 4px;
  }
  .around {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 20px;
    margin-top: 12px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }
  .around button.text[aria-expanded='true'] {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .contents {
    max-width: none;
    margin: 4px 0 8px;
    padding: 0;
    list-style: none;
  }
  .contents li {
    margin: 0;
    border-top: 1px solid var(--line);
  }
  .contents li:first-child {
    border-top: 0;
  }
  .contents button {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 16px;
    width: 100%;
    min-height: 48px;
    padding: 11px 8px;
    text-align: start;
    border-radius: 6px;
  }
  .contents button:hover {
    background: var(--accent-weak);
  }
  .contents .now {
    font-weight: 650;
  }
  .contents .state {
    flex: none;
    font-size: 15px;
  }
  .contents .read {
    color: var(--good);
    font-weight: 600;
  }
  .version {
    margin-top: 16px;
  }
`;
