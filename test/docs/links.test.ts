import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { repositoryRoot } from '../checks/check.ts';
import { anchorsIn, documents, proseOf, readDocument } from '../support/documents.ts';

/** Links to files of the repository, with their fragments. */
function linksIn(markdown: string): { readonly file: string; readonly fragment: string }[] {
  return [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, address = '']) => address)
    .filter((address) => !/^[a-z]+:/.test(address))
    .map((address) => {
      const [file = '', fragment = ''] = address.split('#');
      return { file, fragment };
    });
}

describe('links', () => {
  for (const name of documents) {
    test(`${name} leads to files and headings that are there`, () => {
      const text = readDocument(name);
      const links = linksIn(text);
      assert.ok(links.length > 0, 'it has links');
      for (const { file, fragment } of links) {
        const path = file === '' ? name : join(dirname(name), file);
        assert.ok(existsSync(join(repositoryRoot, path)), `${name}: ${path}`);
        if (fragment !== '') assert.ok(anchorsIn(readDocument(path)).has(fragment), `${name}: ${path}#${fragment}`);
      }
    });
  }

  test('each document is reached from the README', () => {
    const reached = linksIn(readDocument('README.md')).map(({ file }) => file);
    for (const name of documents.slice(1)) assert.ok(reached.includes(name), name);
  });

  test('the README stays short enough to be read', () => {
    assert.ok(readDocument('README.md').split('\n').length < 280);
  });
});
