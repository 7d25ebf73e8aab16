// One report, and what a moderator decides on it.

import { field, h, option, say } from '../interface/dom';
import { icon } from '../interface/icons';
import { categoryText, severityText } from '../model/incidents';
import { LEVELS, photosOf, type Correction, type Decision, type Desk, type Report } from '../model/reports';
import type { Word, Words } from '../words/words';
import { CorrectionForm } from './correction';
import { history, similar } from './folds';

export const LEVEL_WORDS: Record<(typeof LEVELS)[number], Word> = {
  low: 'levelLow',
  moderate: 'levelModerate',
  high: 'levelHigh',
  severe: 'levelSevere',
};

interface Outcome {
  /** It has another status now. */
  decided(report: Report): void;
  erased(): void;
  /** It was chosen for a decision on several, or is so no more. */
  selected(): void;
}

export class Card {
  readonly element = h('li', { class: 'report' });
  private readonly chosen: HTMLInputElement;
  private readonly note = h('input', { name: 'note', maxlength: 500, autocomplete: 'off' });
  private readonly level: HTMLSelectElement;
  private readonly other: HTMLInputElement;
  private readonly grade = h('input', { name: 'confidence', maxlength: 2, autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
  private readonly assigned = h('input', { name: 'assigned', maxlength: 100, autocomplete: 'off' });
  private readonly failure = h('p', { class: 'refusal', role: 'alert' });

  constructor(
    readonly report: Report,
    private readonly words: Words,
    private readonly desk: Desk,
    private readonly outcome: Outcome,
  ) {
    const { title, description, sensitivity, duplicate_of: original, confidence, assigned } = report.properties;
    this.chosen = h('input', { type: 'checkbox', 'aria-label': words.say('modSelect', { title }) }, { change: () => outcome.selected() });
    this.level = h('select', { name: 'level' }, ...LEVELS.map(level => option(level, words.say(LEVEL_WORDS[level]))));
    this.level.value = sensitivity;
    this.other = h('input', { name: 'original', placeholder: words.say('modDuplicateHelp'), spellcheck: 'false', autocomplete: 'off' });
    this.other.value = original ?? '';
    this.grade.value = confidence ?? '';
    this.assigned.value = assigned ?? '';
    this.element.append(
      h('header', {}, this.chosen, h('h2', { dir: 'auto' }, title)),
      this.facts(),
      ...(description ? [h('p', { class: 'text', dir: 'auto' }, description)] : []),
      this.photos(),
      similar(report, words, desk, original => this.sendDuplicate(original)),
      history(report, words, desk),
      new CorrectionForm(report, words, correction => void this.send(correction)).element,
      this.fields(),
      this.failure,
      this.buttons(),
    );
  }

  get isChosen(): boolean {
    return this.chosen.checked;
  }

  fail(text: string): void {
    this.failure.replaceChildren(icon('warning'), text);
  }

  private facts(): HTMLElement {
    const { words, report } = this;
    const { category, severity, time, received, sensitivity } = report.properties;
    const [lon, lat] = report.geometry.coordinates;
    const said = [categoryText(category, words), time ? words.date(time) : '', words.say('modReceived', { time: words.date(received) })];
    const texts = said.filter(Boolean).flatMap(text => [h('bdi', {}, text), ' · ']);
    const map = h('a', { href: `./#map=14/${lat}/${lon}&l=reports`, dir: 'ltr' }, words.place(lon, lat));
    const marks = [
      h('span', { class: `mark severity-${severity}` }, `${words.say('severity')}: ${severityText(severity, words)}`),
      h('span', { class: `mark level-${sensitivity}` }, words.say('sensitivity', { level: words.say(LEVEL_WORDS[sensitivity]) })),
    ];
    const about = h('p', { class: 'note' }, ...texts, map, ' · ', h('code', { dir: 'ltr' }, report.id));
    return h('div', { class: 'facts' }, h('p', { class: 'marks' }, ...marks), about);
  }

  private photos(): HTMLElement {
    const place = h('div', { class: 'photos' });
    const show = (url: string, number: number): void =>
      place.append(h('img', { src: url, alt: this.words.say('photo', { number: String(number) }) }));
    void photosOf(this.report, show, this.desk.reason);
    return place;
  }

  private fields(): HTMLElement {
    const { words } = this;
    return h(
      'div',
      { class: 'filter' },
      field(words.say('auditLevel'), this.level),
      field(words.say('modConfidence'), this.grade),
      field(words.say('modAssigned'), this.assigned),
      field(words.say('modDuplicate'), this.other),
      field(words.say('modNote'), this.note),
    );
  }

  private buttons(): HTMLElement {
    const { words } = this;
    const button = (word: Word, act: () => Promise<void>, kind = ''): HTMLElement =>
      h('button', { type: 'button', class: kind }, { click: () => void act() }, words.say(word));
    return h(
      'div',
      { class: 'dialog-buttons' },
      button('modErase', () => this.erase(), 'danger'),
      h('span', { class: 'space' }),
      button('modSave', () => this.send({})),
      button('modMark', () => this.sendDuplicate(this.other.value.trim())),
      button('modReject', () => this.send({ status: 'rejected' })),
      button('modVerify', () => this.send({ status: 'verified' }), 'primary'),
    );
  }

  private sendDuplicate(original: string): Promise<void> {
    return this.send({ status: 'duplicate', ...(original ? { duplicate_of: original } : {}) });
  }

  /** What was changed in the fields goes along with it. */
  private changes(): Decision {
    const { sensitivity, confidence = '', assigned = '' } = this.report.properties;
    const [grade, name, note] = [this.grade.value.trim().toUpperCase(), this.assigned.value.trim(), this.note.value.trim()];
    return {
      ...(this.level.value === sensitivity ? {} : { sensitivity: this.level.value }),
      ...(grade === confidence ? {} : { confidence: grade }),
      ...(name === assigned ? {} : { assigned: name }),
      ...(note ? { note } : {}),
    };
  }

  private async send(decision: Decision & Correction): Promise<void> {
    await this.attempt(async () => this.outcome.decided(await this.desk.decide(this.report.id, { ...decision, ...this.changes() })));
  }

  private async erase(): Promise<void> {
    const { title } = this.report.properties;
    if (!window.confirm(this.words.say('modEraseSure', { title }))) return;
    await this.attempt(async () => {
      await this.desk.erase(this.report.id);
      this.outcome.erased();
    });
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    say(this.failure, '');
    try {
      await act();
    } catch (error) {
      this.fail((error as Error).message || this.words.say('modClosed'));
    }
  }
}
