// The reports at one place, one below the other; of the one that is unfolded all that may be seen.

import type { FoundFeature } from '../model/api';
import { categoryText, severityText, stateText } from '../model/incidents';
import { photosOf, readReport } from '../model/reports';
import { instantOf, type Words } from '../words/words';
import { h } from './dom';

const MOST_REPORTS = 10;

type Properties = Record<string, unknown>;

const textOf = (properties: Properties, name: string): string => {
  const value = properties[name];
  return typeof value === 'string' ? value.trim() : '';
};

function timeText(time: string, words: Words): string {
  return instantOf(time) === null ? time : words.date(time);
}

/** What is known of it: category, how severe, its state, when. */
function facts(properties: Properties, words: Words): HTMLElement {
  const rows: [string, string][] = [
    [words.say('category'), categoryText(textOf(properties, 'category'), words)],
    [words.say('severity'), severityText(textOf(properties, 'severity'), words)],
    [words.say('modStatus'), stateText(textOf(properties, 'status'), words)],
    [words.say('time'), timeText(textOf(properties, 'time'), words)],
    [words.say('source'), textOf(properties, 'attribution')],
    [words.say('licence'), textOf(properties, 'licence')],
  ];
  const line = ([name, text]: [string, string]): HTMLElement =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', { dir: 'auto' }, h('bdi', {}, text)));
  const lines = rows.filter(([, text]) => text).map(line);
  return h('table', { class: 'attributes' }, h('tbody', {}, ...lines));
}

/** The whole report is asked for when somebody looks at it; on the map is only what fits there. */
async function fill(place: HTMLElement, id: string, words: Words): Promise<void> {
  const report = await readReport(id).catch(() => null);
  if (!report) return;
  const { description } = report.properties;
  const pictures = h('div', { class: 'photos' });
  place.replaceChildren(facts({ ...report.properties }, words));
  if (description) place.append(h('p', { class: 'report-text', dir: 'auto' }, description));
  place.append(pictures);
  await photosOf(report, (url, number) => {
    const address = `reports/${encodeURIComponent(id)}/photos/${number}.jpg`;
    const alt = words.say('photo', { number: String(number) });
    pictures.append(h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, h('img', { src: url, alt })));
  });
}

interface Picking {
  picked(feature: number): void;
  zoomIn(): void;
}

function single({ id, properties = {} }: FoundFeature, words: Words, { picked }: Picking): HTMLElement {
  const name = textOf(properties, 'title') || categoryText(textOf(properties, 'category'), words) || words.say('reports');
  const number = textOf(properties, 'id');
  const place = h('div', {}, facts(properties, words));
  let asked = false;
  const toggle = ({ target }: Event): void => {
    if (!(target as HTMLDetailsElement).open) return;
    if (id !== undefined) picked(id);
    if (number && !asked) void fill(place, number, words);
    asked = true;
  };
  return h('details', { class: 'feature' }, { toggle }, h('summary', {}, h('bdi', { dir: 'auto' }, name)), place);
}

/** Several together: those that come apart further in, and those of which only the area is told. */
function several({ properties = {}, geometry }: FoundFeature, words: Words, { zoomIn }: Picking): HTMLElement {
  const count = words.number(Number(properties['point_count']));
  const told = textOf(properties, 'category') || textOf(properties, 'time');
  const closer = h('button', { type: 'button' }, { click: zoomIn }, words.say('zoomHere'));
  const area = geometry === 'area';
  const text = h('p', { class: 'report-count' }, words.say(area ? 'reportsCell' : 'reportsHere', { count }));
  return h('div', { class: 'feature' }, text, area ? told && facts(properties, words) : closer);
}

export function reportList(features: readonly FoundFeature[], words: Words, picking: Picking): HTMLElement {
  if (features.length === 0) return h('p', { class: 'quiet' }, words.say('modNone'));
  const shown = features.slice(0, MOST_REPORTS);
  const rest = features.length - shown.length;
  const more = rest > 0 && h('p', { class: 'quiet' }, words.say('moreFeatures', { count: words.number(rest) }));
  const rows = shown.map(one => (one.properties?.['point_count'] === undefined ? single : several)(one, words, picking));
  return h('div', { class: 'features' }, ...rows, more);
}
