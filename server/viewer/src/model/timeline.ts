// One clock for all layers: which observation of each is shown at the moment that the reader chose.

import type { Book } from './book';
import { beginOf, endOf, indexAt, observationAt, ticksOf, UNTIL } from './moments';
import type { Entry, Store } from './state';

export interface Clock {
  /** The moments of all visible layers that follow the clock, ascending; at least two. */
  ticks: string[];
  /** Milliseconds since 1970: the end of what was chosen, as of a day, and its beginning. */
  moment: number;
  begin: number;
  /** Where the knob stands: where the shown tick begins when it was chosen itself, else the moment. */
  knob: number;
  /** The tick that is shown; -1 when the moment is before them all. */
  index: number;
  /** No moment was chosen: every layer shows its newest observation, also one that comes later. */
  newest: boolean;
}

/** One entry as the clock shows it. */
export interface Sight {
  /** Asks the server for the observation that is shown. */
  entry: Entry;
  /** When that was; null when the layer has no observations with a time. */
  observed: string | null;
  /** The layer has observations, but none for this moment: nothing is known, which is not "nothing there". */
  missing: boolean;
  /** How long before the chosen moment it was, in milliseconds. */
  behind: number;
}

/** How long before a moment something was observed; not at all where the moment lies in the observed day, month or year. */
function behind(observed: string, moment: number): number {
  return (endOf(observed) ?? moment) < moment ? moment - beginOf(observed) : 0;
}

export class Timeline {
  constructor(
    private readonly store: Store,
    private readonly book: Book,
  ) {}

  private timesOf(entry: Entry): readonly string[] {
    return this.book.layer(entry.id)?.times ?? [];
  }

  /** Null while no visible layer has several observations to choose from. */
  clock(): Clock | null {
    const { entries, time } = this.store.state;
    const followers = entries.filter(entry => entry.visible && !entry.query['time']);
    const lists = followers.map(entry => this.timesOf(entry));
    if (!lists.some(times => times.length > 1)) return null;
    const ticks = ticksOf(lists);
    const chosen = time === null ? null : endOf(time);
    const moment = chosen ?? beginOf(ticks[ticks.length - 1] ?? '');
    const begin = chosen === null || time === null ? moment : beginOf(time);
    const knob = time !== null && ticks.includes(time) ? begin : moment;
    return { ticks, moment, begin, knob, index: indexAt(ticks, moment, time), newest: chosen === null };
  }

  /** `ahead`: as it will be at another moment than the chosen one. */
  sight(entry: Entry, ahead: string | null = null): Sight {
    if (entry.query['time']) return this.pinned(entry);
    const times = this.timesOf(entry);
    const newest = times[times.length - 1] ?? null;
    const clock = this.clock();
    const moment = ahead === null ? clock?.moment : (endOf(ahead) ?? clock?.moment);
    if (newest === null || !clock || moment === undefined || (clock.newest && ahead === null)) {
      return { entry, observed: this.shown(entry, times), missing: false, behind: 0 };
    }
    const observed = observationAt(times, moment, ahead ?? this.store.state.time);
    if (observed === null) return { entry, observed, missing: true, behind: 0 };
    // A scene of a mosaic covers only its part: the older ones stay around it.
    const mosaic = this.book.layer(entry.id)?.kind === 'mosaic';
    const query = { ...entry.query, time: mosaic ? `${UNTIL}${observed.split('/').pop()}` : observed };
    return { entry: { ...entry, query }, observed, missing: false, behind: behind(observed, clock.begin) };
  }

  /** What is seen of an entry without a time: its newest observation, or features of all of their times. */
  private shown(entry: Entry, times: readonly string[]): string | null {
    const newest = times[times.length - 1] ?? null;
    if (newest === null || times.length < 2 || !this.book.layer(entry.id)?.time_attribute) return newest;
    return `${times[0]?.split('/')[0]}/${newest.split('/').pop()}`;
  }

  /** An entry with a time of its own. The server tells what an interval or a month means. */
  private pinned(entry: Entry): Sight {
    const { observed } = this.book.page(entry.key);
    if (observed === 'none') return { entry, observed: null, missing: true, behind: 0 };
    return { entry, observed: observed ?? entry.query['time'] ?? null, missing: false, behind: 0 };
  }
}
