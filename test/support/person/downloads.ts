/** What the page hands to the browser's download, read where it is handed over: what the browser then asks is its own. */
import type { JourneyBrowser } from '../journey/journey-browser.ts';

/** Call before what is to be downloaded is asked for, once per page. */
export function catchDownloads(tab: JourneyBrowser): Promise<void> {
  return tab.evaluate(() => {
    const caught: Blob[] = [];
    const make = URL.createObjectURL.bind(URL);
    Object.assign(globalThis, { steadyCaught: caught });
    URL.createObjectURL = (object: Blob) => {
      caught.push(object);
      return make(object);
    };
    addEventListener('click', (event) => {
      const [target] = event.composedPath();
      if (target instanceof HTMLAnchorElement && target.download !== '') event.preventDefault();
    });
  });
}

/** The next file, once it is there. */
export async function nextDownload(
  tab: JourneyBrowser,
): Promise<{ readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const { type, base64 } = await tab.evaluate(async () => {
    const caught: Blob[] = Reflect.get(globalThis, 'steadyCaught');
    while (caught.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const file = caught.shift() as Blob;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { type: file.type, base64: btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')) };
  });
  return { type, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}
