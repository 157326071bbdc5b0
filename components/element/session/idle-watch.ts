import { type Clock, systemClock } from '../../../src/delivery/clock.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focusin'] as const;

const USUAL_MINUTES = 15;

/**
 * Notices that nobody has used the page for a while. By the device's clock as well as by a timer, because timers sleep with
 * a computer whose lid is closed.
 */
export class IdleWatch {
  readonly #idle: () => void;
  readonly #hands: EventTarget;
  readonly #clock: Clock;
  #minutes = 0;
  #last = 0;
  #stopTimer = () => {};
  #watching = false;

  /** @param hands where somebody's hands are noticed */
  constructor(idle: () => void, hands: EventTarget = document, clock: Clock = systemClock) {
    this.#idle = idle;
    this.#hands = hands;
    this.#clock = clock;
  }

  /** Begins again. @param minutes not above nought: never; what is no number, as a page may have it by mistake: the usual time */
  watch(minutes: number): void {
    this.stop();
    this.#minutes = Number.isNaN(minutes) ? USUAL_MINUTES : minutes;
    if (this.#minutes <= 0) return;
    this.#last = this.#clock.now();
    this.#watching = true;
    for (const sign of SIGNS) this.#hands.addEventListener(sign, this.#used, { passive: true, capture: true });
    this.#hands.addEventListener('visibilitychange', this.#look);
    this.#wait();
  }

  stop(): void {
    if (!this.#watching) return;
    this.#watching = false;
    this.#stopTimer();
    for (const sign of SIGNS) this.#hands.removeEventListener(sign, this.#used, { capture: true });
    this.#hands.removeEventListener('visibilitychange', this.#look);
  }

  readonly #used = () => {
    // The first touch after a long sleep is not the hand that was here before.
    if (this.#isOver()) this.#end();
    else this.#last = this.#clock.now();
  };

  readonly #look = () => {
    if (this.#isOver()) this.#end();
  };

  #wait(): void {
    const left = this.#last + this.#minutes * 60_000 - this.#clock.now();
    this.#stopTimer = this.#clock.wait(Math.max(left, 0), () => {
      if (this.#isOver()) this.#end();
      else this.#wait();
    });
  }

  #isOver(): boolean {
    return this.#clock.now() - this.#last >= this.#minutes * 60_000;
  }

  #end(): void {
    this.stop();
    this.#idle();
  }
}
