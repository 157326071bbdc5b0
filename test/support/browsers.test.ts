import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';
import { chromiumArguments, findBrowser, findCommand, type Machine } from './browsers.ts';

/** A machine on which nothing but these files can be started. */
function machine(executables: readonly string[], given: Partial<Machine> = {}): Machine {
  const known = new Set(executables);
  return {
    env: { PATH: ['/usr/local/bin', '/usr/bin'].join(delimiter) },
    platform: 'linux',
    caches: ['/cache'],
    isExecutable: (path) => known.has(path),
    glob: (pattern) => {
      const [start = '', end = ''] = [
        pattern.slice(0, pattern.indexOf('*')),
        pattern.slice(pattern.lastIndexOf('*') + 1),
      ];
      return executables.filter((path) => path.startsWith(start) && path.endsWith(end.slice(end.indexOf('/'))));
    },
    ...given,
  };
}

describe('findBrowser', () => {
  test('the variable wins over PATH', () => {
    const env = { PATH: '/usr/bin', STEADY_CHROMIUM: '/opt/chromium' };
    assert.equal(findBrowser('chromium', machine(['/usr/bin/chromium', '/opt/chromium'], { env })), '/opt/chromium');
  });

  test('a variable that names nothing is an error, not another browser', () => {
    const env = { PATH: '/usr/bin', STEADY_FIREFOX: '/opt/firefox' };
    assert.throws(
      () => findBrowser('firefox', machine(['/usr/bin/firefox'], { env })),
      /STEADY_FIREFOX names \/opt\/firefox/,
    );
  });

  test('names are tried in order, each in all of PATH', () => {
    const here = machine(['/usr/bin/chromium-browser', '/usr/local/bin/google-chrome']);
    assert.equal(findBrowser('chromium', here), '/usr/bin/chromium-browser');
    assert.equal(findBrowser('firefox', machine(['/usr/bin/firefox', '/usr/bin/firefox-esr'])), '/usr/bin/firefox-esr');
  });

  test('where PATH has none, the place that is usual on the platform', () => {
    const path = '/Applications/Firefox.app/Contents/MacOS/firefox';
    assert.equal(findBrowser('firefox', machine([path], { platform: 'darwin' })), path);
    assert.equal(findBrowser('firefox', machine([path])), undefined);
  });

  test('then the newest in the cache, by number', () => {
    const paths = ['99.0', '156.0', '100.0'].map((version) => `/cache/chrome/linux-${version}/chrome-linux64/chrome`);
    assert.equal(
      findBrowser('chromium', machine(paths)),
      join('/cache', 'chrome', 'linux-156.0', 'chrome-linux64', 'chrome'),
    );
  });

  test('nothing is found where nothing is', () => assert.equal(findBrowser('chromium', machine([])), undefined));
});

test('a command is looked for with its ending on Windows, and never in an empty folder of PATH', () => {
  const env = { PATH: ['', '/tools'].join(delimiter) };
  assert.equal(findCommand(['a'], machine(['/tools/a.exe'], { env, platform: 'win32' })), '/tools/a.exe');
  assert.equal(findCommand(['a'], machine(['a', '/a'], { env })), undefined);
});

test('Chromium does without its sandbox for root alone', () => {
  assert.ok(chromiumArguments(true).includes('--no-sandbox'));
  assert.ok(!chromiumArguments(false).includes('--no-sandbox'));
});
