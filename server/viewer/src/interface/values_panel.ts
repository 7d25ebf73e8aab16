// The values of every visible layer at one place.

import * as api from '../model/api';
import { hasFeatures } from '../model/api';
import type { Entry } from '../model/state';
import { contains, tileAt, wrapped } from '../model/tiles';
import type { Context } from './context';
import { h } from './dom';
import { featureList } from './feature_list';
import { icon } from './icons';
import { titleOf } from './origin';
import { reportList } from './report_list';

// Words of an entry that decide what a value is; colours and stretch do not.
const VALUE_WORDS = ['time', 'bands', 'expression', 'nodata', 'filter', 'category', 'status', 'since', 'until', 'aggregate', 'cell'];
// A finger is wider than a mouse's arrow: features count from twice as far away.
const coarse = (): number => (window.matchMedia('(pointer: coarse)').matches ? 1 : 0);

export function pointQuery(entry: Entry, lon: number, lat: number): api.Query {
  const query: api.Query = { lon: lon.toFixed(6), lat: lat.toFixed(6) };
  for (const word of VALUE_WORDS) {
    const value = entry.query[word];
    if (value !== undefined) query[word] = value;
  }
  return query;
}

export class ValuesPanel {
  readonly element = h('section', { class: 'values floating', 'aria-live': 'polite', hidden: true });
  private asked: AbortController | null = null;
  private place: { lon: number; lat: number } | null = null;
  private moment: number | null = null;

  constructor(
    private readonly context: Context,
    private readonly marked: (place: { lon: number; lat: number } | null) => void,
  ) {
    this.element.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.close();
    });
  }

  close(): void {
    this.asked?.abort();
    this.place = null;
    this.element.hidden = true;
    this.context.pick(null);
    this.marked(null);
  }

  /** Reads again when another moment is shown: values of the one before would be taken for its own. */
  update(): void {
    const moment = this.momentNow();
    if (this.place && moment !== this.moment) void this.read(this.place.lon, this.place.lat);
  }

  private momentNow(): number | null {
    return this.context.timeline.clock()?.moment ?? null;
  }

  async read(lon: number, lat: number): Promise<void> {
    const { store, book, words } = this.context;
    this.asked?.abort();
    const asking = (this.asked = new AbortController());
    const place = { lon: wrapped(lon), lat };
    this.place = place;
    this.moment = this.momentNow();
    this.marked({ lon, lat });
    this.context.pick(null);
    const here = store.state.entries.filter(entry => {
      const layer = book.layer(entry.id);
      // Reports come in anywhere, and the bounds of a single one have no width to be clicked into.
      return entry.visible && layer && (layer.kind === 'reports' || contains(layer.bounds, place.lon, lat));
    });
    if (this.element.hidden) this.show([h('p', { class: 'quiet' }, words.say('loading'))]);
    const sections = await Promise.all(here.map(entry => this.section(entry, place, asking)));
    if (asking.signal.aborted) return;
    // What was found comes before what was not.
    const found = (one: HTMLElement): boolean => one.querySelector('table') !== null;
    sections.sort((one, other) => Number(found(other)) - Number(found(one)));
    sections[0]?.querySelector('details')?.setAttribute('open', '');
    this.show(here.length ? sections : [h('p', { class: 'quiet' }, words.say('noLayerHere'))]);
  }

  private show(content: HTMLElement[]): void {
    const { words } = this.context;
    const place = this.place ? words.place(this.place.lon, this.place.lat) : '';
    const label = words.say('close');
    const close = h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': label, title: label },
      { click: () => this.close() },
      icon('close'),
    );
    const heading = h('header', {}, h('h2', {}, words.say('values', { place })), close);
    this.element.replaceChildren(heading, ...content);
    this.element.hidden = false;
  }

  private async section(
    entry: Entry,
    place: { lon: number; lat: number },
    asking: AbortController,
  ): Promise<HTMLElement> {
    const { book, words } = this.context;
    const title = h('h3', {}, h('bdi', {}, titleOf(book.layer(entry.id), words) || entry.id));
    try {
      const sight = this.context.timeline.sight(entry);
      if (sight.missing) return h('div', { class: 'values-layer' }, title, this.unobserved());
      const query = pointQuery(sight.entry, place.lon, place.lat);
      const content = await this.found(entry, query, place, asking.signal);
      return h('div', { class: 'values-layer' }, title, content);
    } catch (error) {
      const text = (error as Error).message;
      return h('div', { class: 'values-layer' }, title, h('p', { class: 'refusal' }, text));
    }
  }

  private async found(
    entry: Entry,
    query: api.Query,
    { lon, lat }: { lon: number; lat: number },
    signal: AbortSignal,
  ): Promise<HTMLElement> {
    const { book, words, zoom } = this.context;
    const layer = book.layer(entry.id);
    if (!layer || !hasFeatures(layer)) return this.table(entry, await api.pointValues(entry.id, query, signal));
    // Tiles of 256 pixels show the map at the zoom before.
    const { features = [] } = await api.touched(entry.id, tileAt(lon, lat, zoom() + 1 - coarse()), query, signal);
    const picked = (feature: number): void => this.context.pick({ key: entry.key, feature });
    if (layer.kind !== 'reports') return featureList(features, words, picked);
    return reportList(features, words, { picked, zoomIn: () => this.context.lookAt(lon, lat) });
  }

  private unobserved(): HTMLElement {
    return h('p', { class: 'quiet' }, this.context.words.say('noObservation'));
  }

  private table(entry: Entry, found: api.PointValues): HTMLElement {
    const rows = (found.values ?? []).map(({ band, value, unit, title }) => {
      const name = title || this.bandName(entry, band);
      return h('tr', {}, h('th', { scope: 'row' }, h('bdi', {}, name)), this.cell(value, unit ?? ''));
    });
    return h('table', {}, h('tbody', {}, ...rows));
  }

  private cell(value: number | null, unit: string): HTMLElement {
    const { words } = this.context;
    if (value === null) return h('td', { class: 'quiet' }, words.say('noData'));
    return h('td', {}, h('bdi', {}, `${words.number(value)}${unit ? ` ${unit}` : ''}`));
  }

  private bandName(entry: Entry, band: number | string): string {
    if (typeof band === 'string') return band;
    const known = this.context.book.detail(entry.id)?.bands?.find(one => one.band === band);
    return known?.title || this.context.words.say('band', { number: band });
  }
}
