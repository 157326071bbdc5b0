/**
 * WebKit for the journeys: Debian's WebKitGTK, driven by WebKitWebDriver on a virtual screen. Optional: where it cannot be
 * had, the reason is said and its journeys are skipped.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { findCommand } from './browsers.ts';
import { freePort } from './free-port.ts';
import { aptInstall, canUseApt } from './install-browsers.ts';

/** The programs that a WebKit journey needs. */
export type Webkit = { readonly driver: string; readonly browser: string; readonly screen: string };

/** `off` skips the WebKit journeys without looking. */
export const webkitVariable = 'STEADY_WEBKIT';

const packages = ['webkit2gtk-driver', 'xvfb'];

/** The programs, or the reason why they are not here. */
export function findWebkit(): Webkit | string {
  if (process.env[webkitVariable] === 'off') return `${webkitVariable} is off`;
  const driver = findCommand(['WebKitWebDriver']);
  const browser = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').sort().at(-1);
  const screen = findCommand(['Xvfb']);
  if (driver !== undefined && browser !== undefined && screen !== undefined) return { driver, browser, screen };
  return `WebKitGTK is not installed (Debian: apt-get install ${packages.join(' ')})`;
}

/** Installs what is missing where that needs nobody's leave; what comes of it is for findWebkit to say. */
export function tryInstallWebkit(): void {
  if (process.env[webkitVariable] !== 'off' && typeof findWebkit() === 'string' && canUseApt()) aptInstall(packages);
}

/** A driver that listens, and what it runs on. */
export type WebkitService = { readonly address: string; close(): Promise<void> };

/** Starts a virtual screen and a driver on a free port. @throws Error where either ends before it is ready */
export async function startWebkitService({ driver, screen }: Webkit): Promise<WebkitService> {
  const display = spawn(screen, ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    const displayNumber = await readLine(display);
    const port = await freePort();
    const service = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, DISPLAY: `:${displayNumber}`, LANG: 'en_US.UTF-8', GSK_RENDERER: 'cairo' },
      stdio: 'ignore',
    });
    const address = `http://127.0.0.1:${port}`;
    await untilReady(service, address);
    const close = async (): Promise<void> => {
      await end(service);
      await end(display);
    };
    return { address, close };
  } catch (error) {
    await end(display);
    throw error;
  }
}

/** What Xvfb writes to its third descriptor once it listens: the number of the display it took. */
async function readLine(display: ChildProcess): Promise<string> {
  const pipe = display.stdio[3];
  if (!pipe || !('setEncoding' in pipe)) throw new Error('Xvfb was started without a pipe.');
  pipe.setEncoding('utf8');
  let text = '';
  for await (const chunk of pipe) {
    text += chunk;
    if (text.includes('\n')) return text.trim();
  }
  throw new Error(`Xvfb ended before it was ready: ${text}`);
}

async function untilReady(service: ChildProcess, address: string): Promise<void> {
  const ended = once(service, 'exit').then(([code]) => {
    throw new Error(`WebKitWebDriver ended with ${code} before it was ready.`);
  });
  const ready = async (): Promise<void> => {
    // The driver has no other sign of being ready than that it answers.
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answer = await fetch(`${address}/status`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('WebKitWebDriver did not answer within ten seconds.');
  };
  await Promise.race([ready(), ended]);
  ended.catch(() => undefined);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
