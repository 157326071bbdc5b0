import { generate } from 'lean-qr';
import { svg, type TemplateResult } from 'lit';

/** Dots of white around it, as scanners want (ISO/IEC 18004: four). */
const MARGIN = 4;

/** A QR code as a drawing: a square of so many dots, its white margin among them, and one path for the dark ones. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

export function drawQr(link: string): QrDrawing {
  const code = generate(link);
  return { size: code.size + 2 * MARGIN, path: dots(code) };
}

/** A link as a QR code: one SVG path, drawn as a template. */
export function qrCode(link: string, label: string): TemplateResult {
  const { size, path } = drawQr(link);
  return svg`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label}><path d=${path} /></svg>`;
}

/** Each run of dots in a row is one rectangle. */
function dots({ size, get }: { readonly size: number; get(x: number, y: number): boolean }): string {
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!get(x, y)) continue;
      const start = x;
      while (get(x + 1, y)) x++;
      path += `M${start + MARGIN} ${y + MARGIN}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return path;
}
