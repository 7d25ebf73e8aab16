// A small histogram of a band, so that a range can be chosen with open eyes.

import * as api from '../model/api';
import type { Entry } from '../model/state';
import type { Words } from '../words/words';
import { h } from './dom';
import { bars } from './icons';

function percentile(band: api.BandStatistics, wanted: number): number | undefined {
  return band.percentiles?.[String(wanted)];
}

export class Distribution {
  readonly element = h('div', { class: 'distribution', hidden: true });
  private asked = '';

  constructor(private readonly words: Words) {}

  /** `band` null: values of a formula have no stored statistics. */
  async show(entry: Entry, band: number | null): Promise<void> {
    const time = entry.query['time'];
    const wish = band === null ? '' : `${entry.id} ${band} ${time ?? ''}`;
    // Only for a reader who has the controls open.
    if (wish === this.asked || !this.element.isConnected || !visible(this.element)) return;
    this.asked = wish;
    this.element.hidden = true;
    if (band === null) return;
    try {
      const { bands } = await api.statistics(entry.id, time ? { time } : {});
      const found = bands.find(one => one.band === band);
      if (this.asked === wish && found) this.draw(found);
    } catch {
      // A layer without statistics is drawn all the same; the picture is only a help.
    }
  }

  private draw(band: api.BandStatistics): void {
    const { words } = this;
    const parts: Element[] = [];
    const { min, max } = band;
    if (band.histogram?.counts.length && min !== undefined && max !== undefined) {
      const picture = bars(band.histogram.counts);
      picture.setAttribute('aria-label', words.say('histogram'));
      const ends = [min, max].map(value => h('span', {}, words.number(value)));
      parts.push(picture, h('div', { class: 'ticks' }, ...ends));
    }
    const [low, high] = [percentile(band, 2), percentile(band, 98)];
    if (low !== undefined && high !== undefined) {
      const text = words.say('percentiles', { low: words.number(low), high: words.number(high) });
      parts.push(h('p', { class: 'quiet' }, text));
    }
    this.element.replaceChildren(...parts);
    this.element.hidden = parts.length === 0;
  }
}

/** Inside a closed <details> nothing is visible. */
function visible(element: HTMLElement): boolean {
  return element.closest('details:not([open])') === null;
}
