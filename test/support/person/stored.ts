import type { JourneyBrowser } from '../journey/journey-browser.ts';

/** Everything that this page's origin keeps in its browser, as text. */
export function storedIn(tab: JourneyBrowser): Promise<string> {
  return tab.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, await caches.keys()];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          all.onsuccess = () => resolve(all.result);
          all.onerror = () => reject(all.error);
        });
        const readable = (_: string, value: unknown) =>
          value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
        kept.push(name, store, JSON.stringify(rows, readable));
      }
      database.close();
    }
    return JSON.stringify(kept);
  });
}
