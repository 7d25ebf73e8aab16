// The features at one place: their names, and their attributes as a table.

import type { FoundFeature } from '../model/api';
import { nameOf, shownAttributes, type Shown } from '../model/attributes';
import type { Words } from '../words/words';
import { h } from './dom';

const SEEN_AT_ONCE = 8; // attributes; the others unfold
const MOST_FEATURES = 10;

/** Addresses of the web become links, which tell the other side nothing; all else stays text. */
function valueCell({ text, link }: Shown): HTMLElement {
  const content = link
    ? h('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, text)
    : h('bdi', {}, text);
  return h('td', { dir: 'auto' }, content);
}

function table(rows: Shown[]): HTMLElement {
  const lines = rows.map(row => h('tr', {}, h('th', { scope: 'row', dir: 'auto' }, h('bdi', {}, row.name)), valueCell(row)));
  return h('table', { class: 'attributes' }, h('tbody', {}, ...lines));
}

function attributes(feature: FoundFeature, words: Words): HTMLElement[] {
  const rows = shownAttributes(feature.properties ?? {}, words);
  if (rows.length <= SEEN_AT_ONCE + 2) return [table(rows)];
  const count = words.number(rows.length);
  const more = h('details', { class: 'more' }, h('summary', {}, words.say('allAttributes', { count })), table(rows.slice(SEEN_AT_ONCE)));
  return [table(rows.slice(0, SEEN_AT_ONCE)), more];
}

function section(feature: FoundFeature, words: Words, picked: (id: number) => void): HTMLElement {
  const named = nameOf(feature.properties ?? {}, words.language);
  const name = named ?? words.say('feature', { number: String(feature.id ?? '') });
  return h(
    'details',
    { class: 'feature' },
    {
      toggle: ({ target }) => {
        if (feature.id !== undefined && (target as HTMLDetailsElement).open) picked(feature.id);
      },
    },
    h('summary', {}, h('bdi', { dir: 'auto' }, name)),
    ...attributes(feature, words),
  );
}

/** `picked`: told which feature is unfolded. */
export function featureList(features: readonly FoundFeature[], words: Words, picked: (id: number) => void): HTMLElement {
  if (features.length === 0) return h('p', { class: 'quiet' }, words.say('noFeature'));
  const shown = features.slice(0, MOST_FEATURES);
  const rest = features.length - shown.length;
  const more = rest > 0 && h('p', { class: 'quiet' }, words.say('moreFeatures', { count: words.number(rest) }));
  return h('div', { class: 'features' }, ...shown.map(one => section(one, words, picked)), more);
}
