/**
 * Gets a browser that the tests need and that this machine lacks: by apt on a Debian where we are root, else by
 * `@puppeteer/browsers` into its own cache.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { type BrowserName, findBrowser, variableOf } from './browsers.ts';

const packages: Readonly<Record<BrowserName, string>> = { chromium: 'chromium', firefox: 'firefox-esr' };

/** Whether packages can be installed here without asking anybody: Debian or a child of it, as root. */
export function canUseApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');
}

/** Installs Debian packages. @returns the end of apt's own words where it failed, undefined where it worked */
export function aptInstall(names: readonly string[]): string | undefined {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const run = spawnSync('apt-get', parameters, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    if (run.status !== 0) {
      const words = `${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`.trim().split('\n').slice(-3);
      return `apt-get ${parameters[0]}: ${words.join(' ')}`;
    }
  }
  return undefined;
}

/**
 * The executable of a browser, installed first where it is missing.
 *
 * @throws Error with one sentence that says what to install, where we cannot
 */
export async function requireBrowser(name: BrowserName): Promise<string> {
  const found = findBrowser(name);
  if (found !== undefined) return found;
  process.stdout.write(`${name} is not installed here; installing it\n`);
  const failure = canUseApt() ? aptInstall([packages[name]]) : await downloadBrowser(name);
  const installed = findBrowser(name);
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests need ${name}: install it (Debian: apt-get install ${packages[name]}), or name its executable in ` +
      `${variableOf(name)}. Installing it here failed: ${failure ?? 'it was installed but cannot be found'}`,
  );
}

async function downloadBrowser(name: BrowserName): Promise<string | undefined> {
  const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX;
  const platform = detectBrowserPlatform();
  if (platform === undefined) return `@puppeteer/browsers knows no ${name} for ${process.platform} ${process.arch}`;
  try {
    const buildId = await resolveBuildId(browser, platform, 'stable');
    const cacheDir = process.env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer');
    await install({ browser, buildId, platform, cacheDir });
    return undefined;
  } catch (cause) {
    return `@puppeteer/browsers: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
