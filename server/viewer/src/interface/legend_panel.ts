// The meaning of the colours, for every visible layer.

import type { Legend, LegendEntry } from '../model/api';
import type { Words } from '../words/words';
import type { Context } from './context';
import { h, say } from './dom';
import { legendText } from './legend_words';
import { titleOf } from './origin';

/** Both ends, and the stop nearest to the middle at its own place. */
function ticks(legend: Legend, words: Words): HTMLElement {
  const values = legend.entries.map((entry, i) => entry.value ?? i);
  const low = values[0] ?? 0;
  const high = values[values.length - 1] ?? 1;
  const share = (value: number): number => (value - low) / (high - low || 1);
  const off = (value: number): number => Math.abs(share(value) - 0.5);
  const middle = values.slice(1, -1).sort((one, other) => off(one) - off(other))[0];
  const row = h('div', { class: 'ticks' });
  row.append(h('span', {}, words.number(low)));
  if (middle !== undefined && off(middle) < 0.2) {
    const tick = h('span', { class: 'middle' }, words.number(middle));
    tick.style.setProperty('left', `${share(middle) * 100}%`);
    row.append(tick);
  }
  row.append(h('span', {}, words.number(high)));
  return row;
}

/** Stops stand where their values stand, so an uneven ramp is not drawn as an even one. */
export function gradient(entries: LegendEntry[]): string {
  const values = entries.map((entry, i) => entry.value ?? i);
  const low = values[0] ?? 0;
  const span = (values[values.length - 1] ?? 1) - low || 1;
  const stops = entries.map((entry, i) => {
    const share = ((values[i] ?? 0) - low) / span;
    return `${entry.color} ${(share * 100).toFixed(2)}%`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

function ramp(legend: Legend, words: Words): HTMLElement[] {
  const strip = h('div', { class: 'ramp' });
  strip.style.setProperty('background-image', gradient(legend.entries));
  return [strip, ticks(legend, words)];
}

function entryText(entry: LegendEntry, words: Words): string {
  if (entry.label) return legendText(entry.label, words);
  if (entry.range) return entry.range.map(value => words.number(value)).join(' – ');
  return entry.value === undefined ? '' : words.number(entry.value);
}

function swatchOf({ color, shape, image }: LegendEntry): HTMLElement {
  if (image) return h('img', { class: 'swatch drawn', alt: '', src: image });
  const swatch = h('span', { class: `swatch ${shape ?? ''}` });
  swatch.style.setProperty('--colour', color);
  return swatch;
}

/** "Severity: minor": the part before the colon. */
const nameOf = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf(': ')));

/** What several in a row begin with is said once, above them. */
function classes(legend: Legend, words: Words): HTMLElement {
  const texts = legend.entries.map(entry => entryText(entry, words));
  const names = texts.map(nameOf);
  const rows = legend.entries.flatMap((entry, i) => {
    const [name = '', text = ''] = [names[i], texts[i]];
    const isOne = name !== '' && (names[i - 1] === name || names[i + 1] === name);
    const heading = isOne && names[i - 1] !== name ? [h('li', { class: 'group' }, h('bdi', {}, name))] : [];
    return [...heading, h('li', {}, swatchOf(entry), h('bdi', {}, isOne ? text.slice(name.length + 2) : text))];
  });
  return h('ul', { class: 'classes' }, ...rows);
}

function drawing(legend: Legend, words: Words): HTMLElement[] {
  if (legend.entries.length === 0) return [];
  return legend.kind === 'ramp' ? ramp(legend, words) : [classes(legend, words)];
}

/** Hatched as on the map. */
function unobserved(words: Words): HTMLElement {
  const swatch = h('span', { class: 'swatch unobserved' });
  return h('ul', { class: 'classes' }, h('li', {}, swatch, words.say('notObserved')));
}

/** Without a legend: a layer that has no observation for the moment shown. */
function section(title: string, legend: Legend | null, words: Words): HTMLElement {
  const unit = legend?.unit ? h('span', { class: 'unit' }, legendText(legend.unit, words)) : null;
  const heading = h('h3', {}, h('bdi', {}, title), unit);
  const content = legend ? drawing(legend, words) : [unobserved(words)];
  return h('section', { class: 'legend-layer' }, heading, ...content);
}

export class LegendPanel {
  readonly element: HTMLDetailsElement;
  private readonly body = h('div', { class: 'legend-body' });
  private shown = '';

  constructor(private readonly context: Context) {
    const heading = h('summary', {});
    say(heading, context.words.say('legend'));
    this.element = h('details', { class: 'legend floating' }, heading, this.body);
    this.element.open = window.matchMedia('(min-width: 720px)').matches;
  }

  update(): void {
    const { store, book, words, timeline } = this.context;
    const entries = store.state.entries.filter(entry => entry.visible);
    const known = entries.flatMap((entry): { title: string; legend: Legend | null }[] => {
      const title = titleOf(book.layer(entry.id), words) || entry.id;
      if (timeline.sight(entry).missing) return [{ title, legend: null }];
      const { legend } = book.page(entry.key);
      return legend?.entries.length ? [{ title, legend }] : [];
    });
    this.element.hidden = known.length === 0;
    const now = JSON.stringify(known);
    if (now === this.shown) return;
    this.shown = now;
    this.body.replaceChildren(...known.map(({ title, legend }) => section(title, legend, words)));
  }
}
