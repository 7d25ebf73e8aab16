// The line of time: a tick for each observation at its true distance, and the knob that the reader moves.

import { beginOf, indexAt, shareOf, tickAt } from '../model/moments';
import type { Clock } from '../model/timeline';
import type { Words } from '../words/words';
import { h, setAttributes } from './dom';
import { marks } from './icons';

const SETTLE_MS = 120; // while dragging, the map is asked for what the knob rests on

/** The tick that a key leads to; null when the key is not for it. Later is where the line runs to. */
export function keyed(clock: Clock, key: string, direction: 'ltr' | 'rtl'): number | null {
  const onward = direction === 'rtl' ? -1 : 1;
  const last = clock.ticks.length - 1;
  const steps: Record<string, number> = {
    ArrowLeft: clock.index - onward,
    ArrowRight: clock.index + onward,
    ArrowDown: clock.index - 1,
    ArrowUp: clock.index + 1,
    Home: 0,
    End: last,
  };
  const wanted = steps[key];
  return wanted === undefined ? null : Math.max(0, Math.min(last, wanted));
}

export interface TrackEvents {
  chosen(tick: string): void;
  /** The knob is over another tick; null when it follows the clock again. */
  pointed(tick: string | null): void;
  toggled(): void;
}

export class TimeTrack {
  readonly element: HTMLElement;
  private readonly line = h('div', { class: 'time-line' });
  private readonly knob: HTMLElement;
  private clock: Clock | null = null;
  private drawn = '';
  private timer = 0;
  private dragged: string | null = null;

  constructor(
    private readonly words: Words,
    private readonly events: TrackEvents,
  ) {
    this.knob = h(
      'div',
      { class: 'time-knob', role: 'slider', tabindex: 0, 'aria-label': words.say('timeBar') },
      { keydown: event => this.key(event) },
    );
    this.element = h(
      'div',
      { class: 'time-track' },
      {
        pointerdown: event => {
          this.element.setPointerCapture(event.pointerId);
          event.preventDefault();
          this.knob.focus();
          this.drag(event);
        },
        pointermove: event => this.drag(event),
        lostpointercapture: () => this.release(),
      },
      this.line,
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.clock) return;
    const wanted = keyed(this.clock, event.key, this.words.direction);
    if (event.key === ' ') this.events.toggled();
    else if (wanted !== null) this.choose(this.clock.ticks[wanted]);
    else return;
    event.preventDefault();
  }

  private drag(event: PointerEvent): void {
    const { clock } = this;
    if (!clock || !this.element.hasPointerCapture(event.pointerId)) return;
    const box = this.line.getBoundingClientRect();
    const share = (event.clientX - box.left) / (box.width || 1);
    const tick = clock.ticks[tickAt(clock.ticks, this.words.direction === 'rtl' ? 1 - share : share)];
    if (tick === undefined || tick === this.dragged) return;
    this.dragged = tick;
    this.place(clock, beginOf(tick), tick);
    this.events.pointed(tick);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.choose(tick), SETTLE_MS);
  }

  private release(): void {
    const tick = this.dragged;
    window.clearTimeout(this.timer);
    this.dragged = null;
    this.events.pointed(null);
    if (tick !== null) this.choose(tick);
  }

  private choose(tick: string | undefined): void {
    if (tick !== undefined) this.events.chosen(tick);
  }

  update(clock: Clock): void {
    this.clock = clock;
    const now = clock.ticks.join();
    if (now !== this.drawn) {
      this.drawn = now;
      const shares = clock.ticks.map(tick => shareOf(clock.ticks, beginOf(tick)));
      this.line.replaceChildren(marks(shares), this.knob);
    }
    if (this.dragged === null) this.place(clock, clock.knob, clock.ticks[clock.index]);
  }

  private place(clock: Clock, moment: number, tick: string | undefined): void {
    const index = indexAt(clock.ticks, moment, tick);
    this.knob.style.setProperty('inset-inline-start', `${shareOf(clock.ticks, moment) * 100}%`);
    setAttributes(this.knob, {
      'aria-valuemin': 1,
      'aria-valuemax': clock.ticks.length,
      'aria-valuenow': Math.max(1, index + 1),
      'aria-valuetext': this.words.date(clock.ticks[index] ?? new Date(moment).toISOString()),
    });
  }
}
