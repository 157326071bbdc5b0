import { readHello, readSurroundings, type Surroundings } from './messages.ts';

/** Who greets, as far as the frame's side looks at a window. */
export interface FrameWindow extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly parent: unknown;
}

export interface Meeting {
  readonly port: MessagePort;
  readonly surroundings: Surroundings;
}

/**
 * Waits for the host page's greeting: from the window around this one, from an origin that may use the study, and once.
 * Whatever else arrives, before or after, is not for us.
 *
 * @param origins whose pages may use the study
 */
export function awaitHello(origins: readonly string[], scope: FrameWindow = window): Promise<Meeting> {
  return new Promise((resolve) => {
    const hear = (event: Event): void => {
      if (!(event instanceof MessageEvent)) return;
      const { data, origin, ports, source } = event;
      const [port, ...others] = ports;
      const surroundings = readHello(data);
      if (source !== scope.parent || !origins.includes(origin) || surroundings === undefined) return;
      if (port === undefined || others.length > 0) return;
      scope.removeEventListener('message', hear);
      resolve({ port, surroundings });
    };
    scope.addEventListener('message', hear);
  });
}

/** Follows what the host page says of itself later. Opens the port. */
export function follow(port: MessagePort, changed: (surroundings: Surroundings) => void): void {
  port.onmessage = ({ data }) => {
    const surroundings = readSurroundings(data);
    if (surroundings !== undefined) changed(surroundings);
  };
}
