import { assert } from '@open-wc/testing';
import { type Place, StorageDrafts } from '../../../components/element/drafts/storage-drafts.ts';
import { draftsSuite } from '../../suites/drafts.suite.ts';

const places: readonly { readonly name: string; readonly place: Place }[] = [
  { name: 'in the tab', place: 'tab' },
  { name: 'on the device', place: 'device' },
  { name: 'off', place: 'nowhere' },
];

afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

for (const { name, place } of places) {
  const under = {
    open: () => new StorageDrafts('suite', place),
    settle: async () => {},
    kept: place,
    lasts: place !== 'nowhere',
    outlivesLeaving: false,
  };
  draftsSuite(name, under, { describe, it, assert });
}
