// Where data comes from and how old it is: shown wherever the data is shown.

import type { LayerDetail, LayerSummary, Provenance } from '../model/api';
import type { Sight } from '../model/timeline';
import type { Word, Words } from '../words/words';
import { h } from './dom';

const STATED: [Word, keyof Provenance][] = [
  ['source', 'source'],
  ['licence', 'licence'],
  ['acquired', 'acquired'],
  ['processed', 'processed'],
  ['method', 'method'],
  ['confidence', 'confidence'],
  ['supersedes', 'supersedes'],
];
const NOTEWORTHY_MS = 60_000; // nearer to the chosen moment, an observation counts as of that moment
const LEVELS = new Map<string, Word>(Object.entries({ moderate: 'levelModerate', high: 'levelHigh', severe: 'levelSevere' }));
const DATES: readonly string[] = ['acquired', 'processed'];

/** The moment the shown data is of: the chosen time, else when it was acquired, else its newest time. */
export function momentOf(detail: LayerDetail | null, { entry, observed }: Sight): string {
  if (entry.query['time']) return observed ?? entry.query['time'];
  if (detail?.provenance?.acquired) return detail.provenance.acquired;
  return observed ?? detail?.times?.[detail.times.length - 1] ?? '';
}

/** The server calls the layer of reports so in English. */
export function titleOf(layer: LayerSummary | undefined, words: Words): string {
  if (layer?.kind === 'reports' && layer.title === 'Reports') return words.say('reports');
  return layer?.title || layer?.id || '';
}

export function ageOf(detail: LayerDetail | null, sight: Sight, words: Words): string {
  if (!detail) return words.say('loading');
  if (sight.missing) return words.say('noObservation');
  if (detail.kind === 'reports') return detail.modified ? words.say('reportsChanged', { time: words.dated(detail.modified, new Date()) }) : '';
  const moment = momentOf(detail, sight);
  const dated = moment ? words.dated(moment, new Date()) : words.say('noDate');
  if (sight.behind < NOTEWORTHY_MS) return dated;
  return `${dated} · ${words.say('earlier', { span: words.span(sight.behind) })}`;
}

export function badges(detail: LayerDetail, words: Words): HTMLElement[] {
  const marks: HTMLElement[] = [];
  if (detail.provenance?.preliminary) {
    marks.push(h('span', { class: 'badge caution' }, words.say('preliminary')));
  }
  if (detail.sensitivity && detail.sensitivity !== 'low') {
    const level = LEVELS.get(detail.sensitivity);
    const text = words.say('sensitivity', { level: level ? words.say(level) : detail.sensitivity });
    marks.push(h('span', { class: 'badge' }, text));
  }
  return marks;
}

function stated(provenance: Provenance, name: keyof Provenance, words: Words): HTMLElement {
  const value = String(provenance[name] ?? '');
  if (!value) return h('dd', { class: 'quiet' }, words.say('notStated'));
  return h('dd', {}, h('bdi', {}, DATES.includes(name) ? words.date(value) : value));
}

/** What a layer of features holds. */
function featureRows({ features, geometries, attributes }: LayerDetail, words: Words): HTMLElement[] {
  if (features === undefined) return [];
  const kinds: Record<string, Word> = { area: 'areas', line: 'lines', point: 'points' };
  const named = (geometries ?? []).flatMap(kind => kinds[kind] ?? []).map(word => words.say(word));
  const names = (attributes ?? []).flatMap(({ name }, i) => [i ? ' · ' : '', h('bdi', {}, name)]);
  return [
    h('dt', {}, words.say('features')),
    h('dd', {}, [words.number(features), ...named].join(' · ')),
    ...(names.length ? [h('dt', {}, words.say('attributes')), h('dd', { class: 'names' }, ...names)] : []),
  ];
}

export function aboutLayer(detail: LayerDetail, words: Words): HTMLElement {
  const provenance = detail.provenance ?? {};
  // Source, licence and date are always told, also that they are missing; the rest where it is stated.
  const shown = STATED.filter(([, name], i) => i < 3 || provenance[name]);
  const rows = shown.flatMap(([word, name]) => [
    h('dt', {}, words.say(word)),
    stated(provenance, name, words),
  ]);
  return h('dl', {}, ...rows, ...featureRows(detail, words));
}

/** The parts of one line at the foot of the map; none where neither source nor title is known: an id credits nobody. */
export function attribution(detail: LayerDetail, sight: Sight, words: Words): string[] {
  const { source, licence } = detail.provenance ?? {};
  const title = detail.title === detail.id ? '' : detail.title;
  if (!source && !title && !licence) return [];
  const moment = momentOf(detail, sight);
  const parts = [source || title, licence, moment ? words.dated(moment, new Date()) : ''];
  return parts.filter((part): part is string => Boolean(part));
}
