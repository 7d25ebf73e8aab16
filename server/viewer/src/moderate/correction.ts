// What a report says, to be put right; only what was changed is sent.

import { field, h, option } from '../interface/dom';
import { categoryNames, categoryText, severityNames, severityText } from '../model/incidents';
import type { Correction, Report } from '../model/reports';
import type { Words } from '../words/words';

const MINUTE = 60_000;

/** As a field of the browser takes it: local, without its zone. */
function localTime(instant: Date): string {
  return new Date(instant.getTime() - instant.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

function select(name: string, names: string[], chosen: string, text: (name: string) => string): HTMLSelectElement {
  // A category of another collection stays what it is until another one is chosen.
  const all = names.includes(chosen) ? names : [chosen, ...names];
  const element = h('select', { name }, ...all.map(one => option(one, text(one))));
  element.value = chosen;
  return element;
}

function degrees(name: string, value: number, most: number): HTMLInputElement {
  return h('input', { name, type: 'number', step: 'any', min: -most, max: most, value, required: true, dir: 'ltr' });
}

export class CorrectionForm {
  readonly element: HTMLElement;
  private readonly title: HTMLInputElement;
  private readonly description: HTMLTextAreaElement;
  private readonly category: HTMLSelectElement;
  private readonly severity: HTMLSelectElement;
  private readonly time = h('input', { name: 'time', type: 'datetime-local' });
  private readonly latitude: HTMLInputElement;
  private readonly longitude: HTMLInputElement;
  private readonly timeBefore: string;

  /** `send`: told what is to be said instead. */
  constructor(
    private readonly report: Report,
    words: Words,
    send: (correction: Correction) => void,
  ) {
    const { title, description, category, severity, time = '' } = report.properties;
    const [lon, lat] = report.geometry.coordinates;
    this.title = h('input', { name: 'title', maxlength: 200, required: true, dir: 'auto', value: title });
    this.description = h('textarea', { name: 'description', rows: 4, maxlength: 10_000, dir: 'auto' }, description);
    this.category = select('category', categoryNames, category, one => categoryText(one, words));
    this.severity = select('severity', severityNames, severity, one => severityText(one, words));
    this.latitude = degrees('lat', lat, 90);
    this.longitude = degrees('lon', lon, 180);
    const instant = new Date(time);
    this.timeBefore = Number.isNaN(instant.getTime()) ? '' : localTime(instant);
    this.time.value = this.timeBefore;
    const submit = (event: Event): void => {
      event.preventDefault();
      const correction = this.changes();
      if (Object.keys(correction).length) send(correction);
    };
    const fields = [
      field(words.say('category'), this.category),
      field(words.say('severity'), this.severity),
      field(words.say('modTime'), this.time),
      field(words.say('modLatitude'), this.latitude),
      field(words.say('modLongitude'), this.longitude),
    ];
    this.element = h(
      'details',
      { class: 'fold' },
      h('summary', {}, words.say('modCorrect')),
      h(
        'form',
        { class: 'correction' },
        { submit },
        h('p', { class: 'note' }, words.say('modCorrectHelp')),
        field(words.say('modTitle'), this.title),
        h('div', { class: 'filter' }, ...fields),
        field(words.say('modDescription'), this.description),
        h('div', { class: 'dialog-buttons' }, h('span', { class: 'space' }), h('button', { type: 'submit' }, words.say('modCorrectSave'))),
      ),
    );
  }

  private changes(): Correction {
    const { title, description, category, severity } = this.report.properties;
    const [lon, lat] = this.report.geometry.coordinates;
    const place: [number, number] = [this.longitude.valueAsNumber, this.latitude.valueAsNumber];
    const said = this.description.value.replaceAll('\r\n', '\n');
    return {
      ...(this.title.value === title ? {} : { title: this.title.value }),
      ...(said === description.replaceAll('\r\n', '\n') ? {} : { description: said }),
      ...(this.category.value === category ? {} : { category: this.category.value }),
      ...(this.severity.value === severity ? {} : { severity: this.severity.value }),
      ...(this.time.value === this.timeBefore || !this.time.value ? {} : { time: new Date(this.time.value).toISOString() }),
      ...(place[0] === lon && place[1] === lat ? {} : { geometry: { type: 'Point', coordinates: place } }),
    };
  }
}
