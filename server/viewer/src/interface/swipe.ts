// The divider between "before" and "after".

import type { Context } from './context';
import { h, say, setAttributes } from './dom';

const STEP = 0.02;
const BIG_STEP = 0.1;

/** Where a key takes the divider; null when the key is not for it. Left is left in every language. */
export function stepped(share: number, key: string): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: share - STEP,
    ArrowDown: share - STEP,
    ArrowRight: share + STEP,
    ArrowUp: share + STEP,
    PageDown: share - BIG_STEP,
    PageUp: share + BIG_STEP,
    Home: 0,
    End: 1,
  };
  const wanted = steps[key];
  return wanted === undefined ? null : Math.max(0, Math.min(1, wanted));
}

export class Swipe {
  readonly element: HTMLElement;
  private readonly knob: HTMLElement;
  private readonly before = h('span', { class: 'side-name before', 'aria-hidden': 'true' });
  private readonly after = h('span', { class: 'side-name after', 'aria-hidden': 'true' });

  constructor(private readonly context: Context) {
    const { words } = context;
    this.knob = h(
      'div',
      { class: 'knob', role: 'slider', tabindex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': words.say('divider') },
      {
        keydown: event => this.key(event),
        pointerdown: event => {
          this.knob.setPointerCapture(event.pointerId);
          event.preventDefault();
          this.knob.focus();
        },
        pointermove: event => this.drag(event),
      },
    );
    say(this.before, words.say('before'));
    say(this.after, words.say('after'));
    this.element = h('div', { class: 'swipe', hidden: true }, this.before, this.after, this.knob);
  }

  private key(event: KeyboardEvent): void {
    const wanted = stepped(this.context.store.state.swipe ?? 0.5, event.key);
    if (wanted === null) return;
    event.preventDefault();
    this.context.store.set({ swipe: wanted });
  }

  private drag(event: PointerEvent): void {
    if (!this.knob.hasPointerCapture(event.pointerId)) return;
    const box = this.element.parentElement?.getBoundingClientRect();
    if (!box) return;
    const share = (event.clientX - box.left) / box.width;
    this.context.store.set({ swipe: Math.max(0, Math.min(1, share)) });
  }

  update(): void {
    const { swipe } = this.context.store.state;
    this.element.hidden = swipe === null;
    if (swipe === null) return;
    this.element.style.setProperty('left', `${swipe * 100}%`);
    setAttributes(this.knob, {
      'aria-valuenow': Math.round(swipe * 100),
      'aria-valuetext': this.context.words.percent(swipe),
    });
  }
}
