import type { ElementState } from '../element/element-state.ts';

/**
 * Everything that passes between a host page and the frame, and nothing else does: how the page reads and looks on one
 * side; height, state and errors on the other. Read strictly on both, because either may be somebody else.
 */

/** How the host page reads and looks. */
export interface Surroundings {
  /** BCP 47 */
  readonly language: string;
  readonly theme: 'light' | 'dark';
}

/** The first message, to the frame's window; it brings the port over which all others go. */
export interface Hello extends Surroundings {
  readonly steady: 'hello';
}

export type FromFrame =
  /** Of the frame's content, in CSS pixels. */
  | { readonly height: number }
  | { readonly state: ElementState }
  | { readonly error: { readonly code: string; readonly message: string } };

/** No form of any study is as high; what says so is wrong. */
const HIGHEST = 50_000;

const STATES: Readonly<Record<ElementState, true>> = {
  loading: true,
  ready: true,
  sending: true,
  sent: true,
  kept: true,
  closed: true,
  failed: true,
};

/** Undefined for everything that is none. */
export function readSurroundings(data: unknown): Surroundings | undefined {
  const { language, theme } = fieldsOf(data);
  if (typeof language !== 'string' || !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$/.test(language)) return undefined;
  return theme === 'light' || theme === 'dark' ? { language, theme } : undefined;
}

export function readHello(data: unknown): Surroundings | undefined {
  return fieldsOf(data).steady === 'hello' ? readSurroundings(data) : undefined;
}

export function readFromFrame(data: unknown): FromFrame | undefined {
  const { height, state, error } = fieldsOf(data);
  if (typeof height === 'number' && height >= 0 && height <= HIGHEST) return { height: Math.ceil(height) };
  if (isState(state)) return { state };
  const { code, message } = fieldsOf(error);
  if (typeof code !== 'string' || !/^[a-z0-9-]{1,64}$/.test(code)) return undefined;
  return typeof message === 'string' ? { error: { code, message: message.slice(0, 2_000) } } : undefined;
}

function isState(state: unknown): state is ElementState {
  return typeof state === 'string' && Object.hasOwn(STATES, state);
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
