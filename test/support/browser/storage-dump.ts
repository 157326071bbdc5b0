/** Everything that this origin keeps in this browser, as one text: where an answer must not be, its letters must not be. */
export async function storageDump(): Promise<string> {
  const parts: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
  for (const { name } of await indexedDB.databases()) {
    if (name !== undefined) parts.push(name, await recordsOf(name));
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) parts.push(request.url, await (await cache.match(request))?.text());
  }
  return parts.map((part) => JSON.stringify(part, readable)).join('\n');
}

/** Bodies are kept as bytes. */
function readable(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}

function recordsOf(name: string): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(request.error);
    request.onsuccess = async () => {
      const database = request.result;
      const records = await Promise.all([...database.objectStoreNames].map((store) => allOf(database, store)));
      database.close();
      resolve(records.flat());
    };
  });
}

function allOf(database: IDBDatabase, store: string): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(store).objectStore(store).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Leaves nothing of earlier tests, whose pages may still be open. */
export async function clearStorage(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) if (name?.startsWith('steady-')) await clearDatabase(name);
}

function clearDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const stores = [...database.objectStoreNames];
      const transaction = database.transaction(stores, 'readwrite');
      for (const store of stores) transaction.objectStore(store).clear();
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
