import { drawQr } from '../element/qr.ts';

/** A QR code as files: for a printer, and for whatever takes a picture. */

/** Millimetres; a printer takes it at any size. */
const WIDTH = 60;
/** Pixels of each dot: some 1,200 in all, which is sharp on paper at ten centimetres. */
const DOT = 32;

/** As a drawing that stands alone. */
export function qrSvg(address: string, name: string): File {
  const { size, path } = drawQr(address);
  // An address has none of the characters that XML would read otherwise but this one.
  const title = address.replaceAll('&', '&amp;');
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${WIDTH}mm" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><title>${title}</title><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>
`;
  return new File([text], `${name}.svg`, { type: 'image/svg+xml' });
}

/** @throws Error where the browser draws none */
export async function qrPng(address: string, name: string): Promise<File> {
  const { size, path } = drawQr(address);
  const canvas = document.createElement('canvas');
  canvas.width = size * DOT;
  canvas.height = size * DOT;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(DOT, DOT);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('This browser made no picture.');
  return new File([blob], `${name}.png`, { type: 'image/png' });
}
