/** Pictures of the page of a test; the runner's side is test/support/screenshot-plugin.ts. */
import { executeServerCommand } from '@web/test-runner-commands';

/** What is in view now, as pixels. */
export async function takeScreenshot(): Promise<ImageData> {
  const png = await executeServerCommand<string, object>('take-screenshot', {});
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas to look at a picture with.');
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, picture.width, picture.height);
}

/** Put in as the file is served. */
declare const KEEPS_PICTURES: boolean;

/** Keeps a picture of the whole page for people to look at, where STEADY_PICTURES asks for them. */
export async function keepPicture(name: string): Promise<void> {
  if (KEEPS_PICTURES) await executeServerCommand('take-screenshot', { keepAs: name });
}
