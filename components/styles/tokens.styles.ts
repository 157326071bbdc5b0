import { css } from 'lit';

/**
 * The kit's few tokens. Each can be set from the page as `--steady-<name>`; inside, styles use the short names. Contrast:
 * ink on paper above 7:1, ink-2 above 4.5:1, line-strong above 3:1, in both sets.
 */
export const tokens = css`
  .root {
    --accent: var(--steady-accent, oklch(0.44 0.078 200));
    --accent-strong: var(--steady-accent-strong, oklch(0.36 0.066 200));
    --accent-weak: var(--steady-accent-weak, oklch(0.955 0.02 190));
    --on-accent: var(--steady-on-accent, oklch(1 0 0));
    --ink: var(--steady-ink, oklch(0.23 0.02 230));
    --ink-2: var(--steady-ink-2, oklch(0.43 0.02 230));
    --line: var(--steady-line, oklch(0.87 0.012 220));
    --line-strong: var(--steady-line-strong, oklch(0.58 0.02 225));
    --paper: var(--steady-paper, oklch(1 0 0));
    --ground: var(--steady-ground, oklch(0.976 0.008 220));
    --bad: var(--steady-bad, oklch(0.46 0.17 25));
    --bad-weak: var(--steady-bad-weak, oklch(0.955 0.02 20));
    --good: var(--steady-good, oklch(0.42 0.1 150));
    --warn: var(--steady-warn, oklch(0.45 0.09 65));
    --warn-weak: var(--steady-warn-weak, oklch(0.965 0.03 85));
    --radius: var(--steady-radius, 12px);
    --font: var(--steady-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif);
  }
  .root[data-theme='dark'] {
    --accent: var(--steady-dark-accent, oklch(0.8 0.085 200));
    --accent-strong: var(--steady-dark-accent-strong, oklch(0.87 0.075 200));
    --accent-weak: var(--steady-dark-accent-weak, oklch(0.32 0.035 200));
    --on-accent: var(--steady-dark-on-accent, oklch(0.18 0.02 220));
    --ink: var(--steady-dark-ink, oklch(0.955 0.006 220));
    --ink-2: var(--steady-dark-ink-2, oklch(0.78 0.014 220));
    --line: var(--steady-dark-line, oklch(0.38 0.015 230));
    --line-strong: var(--steady-dark-line-strong, oklch(0.62 0.018 225));
    --paper: var(--steady-dark-paper, oklch(0.225 0.014 235));
    --ground: var(--steady-dark-ground, oklch(0.17 0.012 235));
    --bad: var(--steady-dark-bad, oklch(0.78 0.13 22));
    --bad-weak: var(--steady-dark-bad-weak, oklch(0.31 0.06 22));
    --good: var(--steady-dark-good, oklch(0.82 0.12 150));
    --warn: var(--steady-dark-warn, oklch(0.84 0.1 75));
    --warn-weak: var(--steady-dark-warn-weak, oklch(0.31 0.035 75));
  }
`;
