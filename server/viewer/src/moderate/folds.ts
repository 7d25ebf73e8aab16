// What is asked for only when a moderator unfolds it: reports that may tell of the same, and who changed what.

import { h } from '../interface/dom';
import { stateText } from '../model/incidents';
import type { Change, Desk, Likeness, Report } from '../model/reports';
import type { Words } from '../words/words';

const HOUR = 3_600_000;

function fold(title: string, fill: () => Promise<HTMLElement[]>): HTMLElement {
  const place = h('div', { class: 'unfolded', 'aria-live': 'polite' });
  const toggle = (event: Event): void => {
    if (!(event.target as HTMLDetailsElement).open) return;
    void fill().then(
      rows => place.replaceChildren(...rows),
      error => place.replaceChildren(h('p', { class: 'refusal' }, (error as Error).message)),
    );
  };
  return h('details', { class: 'fold' }, { toggle }, h('summary', {}, title), place);
}

/** `merge`: told which report this one is a duplicate of. */
export function similar(report: Report, words: Words, desk: Desk, merge: (original: string) => Promise<void>): HTMLElement {
  const row = ({ distance_m: metres, hours, report: other }: Likeness): HTMLElement => {
    const { title, status } = other.properties;
    const apart = [`${words.number(Math.round(metres))} m`, words.span(Math.max(60_000, hours * HOUR)), stateText(status, words)];
    const choose = h('button', { type: 'button' }, { click: () => void merge(other.id) }, words.say('modThisOne'));
    return h('div', { class: 'like' }, h('p', {}, h('bdi', { dir: 'auto' }, title), h('span', { class: 'note' }, ` ${apart.join(' · ')}`)), choose);
  };
  return fold(words.say('modSimilar'), async () => {
    const found = await desk.similarTo(report.id);
    return found.length ? found.map(row) : [h('p', { class: 'note' }, words.say('modSimilarNone'))];
  });
}

export function history(report: Report, words: Words, desk: Desk): HTMLElement {
  const row = ({ time, who, what, before, after }: Change): HTMLElement => {
    const change = [before, after].filter(Boolean).join(' → ');
    const when = h('time', { datetime: time }, words.date(time));
    return h('li', {}, when, ' · ', h('bdi', {}, who), ' · ', h('bdi', {}, what), ...(change ? [': ', h('bdi', {}, change)] : []));
  };
  return fold(words.say('modHistory'), async () => [h('ol', { class: 'changes' }, ...(await desk.historyOf(report.id)).map(row))]);
}
