import SignaturePad from 'signature_pad';
import type { Drawing } from './signing.ts';

/** What the schema of a signature takes: more is thinned out, which no eye sees. */
const MOST_COORDINATES = 9_000;
const MOST_STROKES = 200;

/**
 * A pad to draw a signature on. Owns the canvas's size in dots and what is drawn on it; the drawing itself is data, given
 * at every stroke and drawn again whenever the canvas changes its size.
 */
export class SignatureCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #pad: SignaturePad;
  readonly #changed: (drawing: Drawing | undefined) => void;
  readonly #observer: ResizeObserver;
  #drawing: Drawing | undefined;

  constructor(
    canvas: HTMLCanvasElement,
    drawing: Drawing | undefined,
    changed: (drawing: Drawing | undefined) => void,
  ) {
    this.#canvas = canvas;
    this.#drawing = drawing;
    this.#changed = changed;
    this.#pad = new SignaturePad(canvas, { penColor: getComputedStyle(canvas).color, minWidth: 0.8, maxWidth: 2.4 });
    this.#pad.addEventListener('endStroke', () => this.#take());
    this.#observer = new ResizeObserver(() => this.#redraw());
    this.#observer.observe(canvas);
  }

  clear(): void {
    this.#pad.clear();
    this.#drawing = undefined;
    this.#changed(undefined);
  }

  stop(): void {
    this.#observer.disconnect();
    this.#pad.off();
  }

  #take(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const groups = this.#pad.toData().slice(0, MOST_STROKES);
    const points = groups.reduce((sum, group) => sum + group.points.length, 0);
    const step = Math.max(1, Math.ceil((2 * points) / MOST_COORDINATES));
    const fit = (value: number, most: number): number => Math.min(Math.max(Math.round(value), 0), most);
    const strokes = groups.map(({ points }) =>
      points
        .filter((_, index) => index % step === 0 || index === points.length - 1)
        .flatMap(({ x, y }) => [fit(x, clientWidth), fit(y, clientHeight)]),
    );
    this.#drawing = { width: clientWidth, height: clientHeight, strokes };
    this.#changed(this.#drawing);
  }

  /** A canvas that changes its size is empty: the same strokes again, as large as there is room now. */
  #redraw(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0) return;
    const ratio = Math.max(devicePixelRatio, 1);
    this.#canvas.width = clientWidth * ratio;
    this.#canvas.height = clientHeight * ratio;
    this.#canvas.getContext('2d')?.scale(ratio, ratio);
    this.#pad.clear();
    if (this.#drawing === undefined) return;
    const { width, height, strokes } = this.#drawing;
    const scale = Math.min(clientWidth / width, clientHeight / height);
    const { penColor, minWidth, maxWidth, dotSize, velocityFilterWeight, compositeOperation } = this.#pad;
    const style = { penColor, minWidth, maxWidth, dotSize, velocityFilterWeight, compositeOperation };
    this.#pad.fromData(
      strokes.map((stroke) => ({ ...style, points: pointsOf(stroke, scale) })),
      { clear: false },
    );
  }
}

function pointsOf(stroke: readonly number[], scale: number) {
  const points = [];
  for (let at = 0; at + 1 < stroke.length; at += 2) {
    // The time of each point gives the line its width; drawn again it is even.
    points.push({ x: (stroke[at] ?? 0) * scale, y: (stroke[at + 1] ?? 0) * scale, pressure: 0.5, time: at * 8 });
  }
  return points;
}
