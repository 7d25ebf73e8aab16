// One report, and what a moderator decides on it.

import { field, h, option, say } from '../interface/dom';
import { icon } from '../interface/icons';
import type { Word, Words } from '../words/words';
import { decide, LEVELS, thumbnail, type Decision, type Report } from './reports';

export const LEVEL_WORDS: Record<(typeof LEVELS)[number], Word> = {
  low: 'levelLow',
  moderate: 'levelModerate',
  high: 'levelHigh',
  severe: 'levelSevere',
};

export class Card {
  readonly element = h('li', { class: 'report' });
  private readonly note: HTMLInputElement;
  private readonly level: HTMLSelectElement;
  private readonly other: HTMLInputElement;
  private readonly failure = h('p', { class: 'refusal', role: 'alert' });

  constructor(
    private readonly report: Report,
    private readonly words: Words,
    /** It has another status now. */
    private readonly decided: (report: Report) => void,
  ) {
    const { properties } = report;
    this.level = h('select', {}, ...LEVELS.map(level => option(level, words.say(LEVEL_WORDS[level]))));
    this.level.value = properties.sensitivity;
    this.note = h('input', { maxlength: 500, autocomplete: 'off' });
    this.other = h('input', { placeholder: words.say('modDuplicateHelp'), spellcheck: 'false', autocomplete: 'off' });
    this.other.value = properties.duplicate_of ?? '';
    const description = properties.description && h('p', { class: 'text', dir: 'auto' }, properties.description);
    const fields = h('div', { class: 'filter' }, field(words.say('auditLevel'), this.level), field(words.say('modNote'), this.note), field(words.say('modDuplicate'), this.other));
    this.element.append(h('h2', { dir: 'auto' }, properties.title), this.facts(), ...(description ? [description] : []), this.photos(), fields, this.failure, this.buttons());
  }

  private facts(): HTMLElement {
    const { words, report } = this;
    const { category, severity, time, received } = report.properties;
    const [lon, lat] = report.geometry.coordinates;
    const said = [category, severity, time ? words.date(time) : '', words.say('modReceived', { time: words.date(received) })];
    const texts = said.filter(Boolean).flatMap(text => [h('bdi', {}, text), ' · ']);
    const map = h('a', { href: `./#map=14/${lat}/${lon}&l=reports` }, words.place(lon, lat));
    return h('p', { class: 'note' }, ...texts, map, ' · ', h('code', { dir: 'ltr' }, report.id));
  }

  private photos(): HTMLElement {
    const place = h('div', { class: 'photos' });
    this.report.properties.photos.forEach((_, i) => {
      void thumbnail(this.report.id, i + 1).then(url => url && place.append(h('img', { src: url, alt: '' })));
    });
    return place;
  }

  private buttons(): HTMLElement {
    const { words } = this;
    const button = (word: Word, decision: () => Decision, kind = ''): HTMLElement =>
      h('button', { type: 'button', class: kind }, { click: () => void this.send(decision()) }, words.say(word));
    return h(
      'div',
      { class: 'dialog-buttons' },
      button('modDuplicate', () => ({ status: 'duplicate', ...(this.other.value.trim() ? { duplicate_of: this.other.value.trim() } : {}) })),
      button('modReject', () => ({ status: 'rejected' })),
      button('modVerify', () => ({ status: 'verified' }), 'primary'),
    );
  }

  private async send(decision: Decision): Promise<void> {
    say(this.failure, '');
    const note = this.note.value.trim();
    const level = this.level.value === this.report.properties.sensitivity ? {} : { sensitivity: this.level.value };
    try {
      this.decided(await decide(this.report.id, { ...decision, ...level, ...(note ? { note } : {}) }));
    } catch (error) {
      this.failure.replaceChildren(icon('warning'), (error as Error).message || this.words.say('modClosed'));
    }
  }
}
