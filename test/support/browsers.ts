/**
 * Where the browsers of the tests are, and how they are started. Installing one that is missing: install-browsers.ts.
 */
import { accessSync, constants, globSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The browsers every test run needs. WebKit is apart: its driver is optional, see webkit.ts. */
export type BrowserName = 'chromium' | 'firefox';

export const browserNames: readonly BrowserName[] = ['chromium', 'firefox'];

/** What a machine looks like to the search; handed in so that the search itself can be tested. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The directories in which a puppeteer or `@puppeteer/browsers` cache may lie. */
  readonly caches: readonly string[];
  isExecutable(path: string): boolean;
  glob(pattern: string): string[];
};

type Recipe = {
  readonly variable: string;
  readonly commands: readonly string[];
  /** Fixed places outside PATH, by platform. */
  readonly places: Readonly<Record<string, readonly string[]>>;
  /** Patterns inside a puppeteer cache. */
  readonly cached: readonly string[];
};

const recipes: Readonly<Record<BrowserName, Recipe>> = {
  chromium: {
    variable: 'STEADY_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    places: {
      darwin: [
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ],
      win32: [
        'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
        'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      ],
    },
    cached: [
      'chrome/*/chrome-*/chrome',
      'chrome/*/chrome-*/chrome.exe',
      'chrome/*/chrome-*/*.app/Contents/MacOS/Google Chrome for Testing',
    ],
  },
  firefox: {
    variable: 'STEADY_FIREFOX',
    commands: ['firefox-esr', 'firefox'],
    places: {
      darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
      win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    },
    cached: ['firefox/*/firefox/firefox', 'firefox/*/core/firefox.exe', 'firefox/*/*.app/Contents/MacOS/firefox'],
  },
};

/** The environment variable that names a browser's executable and wins over every other place. */
export const variableOf = (name: BrowserName): string => recipes[name].variable;

/** Whether the file can be started by us. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The machine that the tests run on. */
export const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  caches: [process.env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer')],
  isExecutable,
  glob: (pattern) => globSync(pattern),
};

/** The first of the commands that PATH knows; undefined where none is there. */
export function findCommand(commands: readonly string[], machine: Machine = thisMachine): string | undefined {
  const folders = (machine.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = machine.platform === 'win32' ? '.exe' : '';
  return commands
    .flatMap((command) => folders.map((folder) => join(folder, command + suffix)))
    .find((path) => machine.isExecutable(path));
}

/**
 * The executable of a browser: the environment variable, then PATH, then the platform's usual place, then the newest in
 * a puppeteer cache.
 *
 * @returns its path, or undefined where it is not installed
 * @throws Error where the environment variable names something that cannot be started: silently taking another browser
 *   would test what nobody asked for
 */
export function findBrowser(name: BrowserName, machine: Machine = thisMachine): string | undefined {
  const recipe = recipes[name];
  const named = machine.env[recipe.variable];
  if (named !== undefined && named !== '') {
    if (!machine.isExecutable(named)) throw new Error(`${recipe.variable} names ${named}, which cannot be started.`);
    return named;
  }
  return (
    findCommand(recipe.commands, machine) ??
    recipe.places[machine.platform]?.find((path) => machine.isExecutable(path)) ??
    newestCached(recipe, machine)
  );
}

function newestCached(recipe: Recipe, machine: Machine): string | undefined {
  return machine.caches
    .flatMap((cache) => recipe.cached.flatMap((pattern) => machine.glob(join(cache, pattern))))
    .filter((path) => machine.isExecutable(path))
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .at(-1);
}

/** What Chromium is started with: quiet, no calls home, and without its sandbox where root makes that impossible. */
export function chromiumArguments(isRoot: boolean = process.getuid?.() === 0): string[] {
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** Firefox settings that keep a test browser quiet. */
export const firefoxPreferences: Readonly<Record<string, boolean | number | string>> = {
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // Journeys run in tabs side by side: those behind are not to wait.
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  // 7: every element can be reached by Tab, on a Mac too.
  'accessibility.tabfocus': 7,
};

/** A page of a clinic is read in English here, whatever the machine speaks: figures and dates must not vary. */
export const browserLanguage = 'en-US';
