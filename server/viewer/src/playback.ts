// Joins the player with the clock and the map: what comes next is loaded before it is shown.

import { Player, SPEEDS } from './model/player';
import type { Store } from './model/state';
import type { Timeline } from './model/timeline';

export class Playback {
  readonly player: Player;
  /** The moment that is being loaded. */
  ahead: string | null = null;
  private waiting: (() => void)[] = [];

  constructor(
    store: Store,
    timeline: Timeline,
    private readonly stage: { ready(): boolean; changed(): void },
  ) {
    this.player = new Player({
      next: () => {
        const clock = timeline.clock();
        // After the last comes the first again.
        return clock ? (clock.ticks[(clock.index + 1) % clock.ticks.length] ?? null) : null;
      },
      prepare: moment => this.prepare(moment),
      show: time => store.set({ time }),
      changed: () => {
        if (!this.player.playing) this.ahead = null;
        stage.changed();
      },
    });
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) this.player.speed = Math.min(...SPEEDS);
  }

  private prepare(moment: string): Promise<void> {
    this.ahead = moment;
    this.stage.changed();
    return new Promise(resolve => {
      this.waiting.push(resolve);
      this.check();
    });
  }

  /** To be called whenever something has arrived. */
  check(): void {
    if (this.waiting.length === 0 || !this.stage.ready()) return;
    for (const go of this.waiting.splice(0)) go();
  }
}
