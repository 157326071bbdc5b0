/** A page of its own in a frame: a realm that can be loaded again, and taken away as a browser does when a tab crashes. */
export class HostFrame {
  readonly frame: HTMLIFrameElement;

  constructor(frame: HTMLIFrameElement) {
    this.frame = frame;
  }

  /** @param page a file in the folder host/, with its query */
  static async open(page: string, attributes: Readonly<Record<string, string>> = {}): Promise<HostFrame> {
    const frame = document.createElement('iframe');
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    frame.src = new URL(`./host/${page}`, import.meta.url).href;
    const loaded = once(frame, 'load');
    document.body.append(frame);
    // A page has loaded when its modules have run.
    await loaded;
    return new HostFrame(frame);
  }

  get window(): Window {
    const { contentWindow } = this.frame;
    if (contentWindow === null) throw new Error('The frame has no page.');
    return contentWindow;
  }

  get document(): Document {
    return this.window.document;
  }

  async reload(): Promise<void> {
    const loaded = once(this.frame, 'load');
    this.window.location.reload();
    await loaded;
  }

  /** Nothing in it runs any more, not even what it was in the middle of. */
  crash(): void {
    this.frame.remove();
  }
}

function once(target: EventTarget, type: string): Promise<unknown> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
