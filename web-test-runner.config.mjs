// Tests in browsers: test/**/*.browser.test.ts, each in Chromium and in Firefox. Run by `npm run test:browser`;
// STEADY_BROWSER=firefox takes that one alone.
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { totalsReporter } from './test/support/browser-reporter.ts';
import { browserLanguage, chromiumArguments, firefoxPreferences } from './test/support/browsers.ts';
import { endpointMiddleware } from './test/support/endpoint-middleware.ts';
import { requireBrowser } from './test/support/install-browsers.ts';
import { jsonModules } from './test/support/json-modules.ts';
import { mediaPlugin } from './test/support/media-plugin.ts';
import { realReceiver } from './test/support/real-receiver.ts';
import { screenshotPlugin } from './test/support/screenshot-plugin.ts';
import { keepModules, openToSandboxes, secondCopy } from './test/support/served-files.ts';

// Nobody listens to what the browsers could tell of the network: hundreds of modules with every page.
const chromium = async () =>
  chromeLauncher({
    puppeteer,
    // One page at a time: only one page of a browser has the focus, and many tests are about focus.
    concurrency: 1,
    launchOptions: {
      executablePath: await requireBrowser('chromium'),
      headless: true,
      networkEnabled: false,
      args: [...chromiumArguments(), `--lang=${browserLanguage}`],
    },
  });

const firefox = async () =>
  chromeLauncher({
    puppeteer,
    concurrency: 1,
    launchOptions: {
      browser: 'firefox',
      executablePath: await requireBrowser('firefox'),
      headless: true,
      networkEnabled: false,
      extraPrefsFirefox: { ...firefoxPreferences, 'intl.accept_languages': browserLanguage },
    },
  });

const launchers = { chromium, firefox };
const chosen = process.env.STEADY_BROWSER ? [process.env.STEADY_BROWSER] : Object.keys(launchers);

/** Two runs that begin in the same moment would find the same port free, if both looked from the same number on. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export default {
  port: await freePort(),
  files: ['test/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'import', 'default'], browser: true },
  middleware: [endpointMiddleware(), realReceiver(), openToSandboxes(), secondCopy(), keepModules()],
  concurrentBrowsers: 2,
  browsers: await Promise.all(chosen.map((name) => launchers[name]())),
  plugins: [
    // The path is absolute and both decorator keys stand in that very file: esbuild does not follow "extends" for them.
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      // In `npm run prove`: test/support/browser/everyone.ts.
      define: {
        IS_THOROUGH: String(process.env.STEADY_THOROUGH !== undefined),
        KEEPS_PICTURES: String(process.env.STEADY_PICTURES !== undefined),
      },
      tsconfig: fileURLToPath(new URL('components/tsconfig.json', import.meta.url)),
    }),
    jsonModules(),
    mediaPlugin(),
    screenshotPlugin(),
  ],
  reporters: [defaultReporter({ reportTestProgress: false, reportTestResults: true }), totalsReporter()],
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 15_000 } },
};
