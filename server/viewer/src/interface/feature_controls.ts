// Style, filter and time of one entry of features.

import type { LayerDetail } from '../model/api';
import type { Entry } from '../model/state';
import type { Context } from './context';
import { field, h, option } from './dom';

export class FeatureControls {
  readonly element: HTMLFormElement;
  private readonly time = h('select', { name: 'time' });
  private readonly timeRow: HTMLElement;
  private readonly style = h('select', { name: 'style' });
  private readonly styleRow: HTMLElement;
  private readonly filter = h('input', { name: 'filter', spellcheck: 'false', dir: 'ltr', maxlength: 4000, autocomplete: 'off' });
  private readonly attributes = h('p', { class: 'presets', dir: 'ltr' });
  private detail: LayerDetail | null = null;
  private entry: Entry | null = null;
  private offered = '';

  constructor(
    private readonly context: Context,
    private readonly key: string,
  ) {
    const { words } = context;
    this.timeRow = field(words.say('time'), this.time);
    this.styleRow = field(words.say('style'), this.style);
    const reset = h('button', { type: 'button' }, { click: () => this.ask({}) }, words.say('reset'));
    const use = h('button', { type: 'submit', class: 'primary' }, words.say('apply'));
    this.element = h(
      'form',
      { class: 'style-controls' },
      {
        change: () => this.apply(),
        submit: event => {
          event.preventDefault();
          this.apply();
        },
      },
      this.timeRow,
      this.styleRow,
      field(words.say('filter'), this.filter),
      this.attributes,
      h('div', { class: 'row end' }, reset, use),
    );
  }

  update(entry: Entry, detail: LayerDetail | null): void {
    this.entry = entry;
    if (detail && detail !== this.detail) {
      this.detail = detail;
      this.fill(detail);
    }
    this.offerStyles(entry);
    this.time.value = entry.query['time'] ?? '';
    if (document.activeElement !== this.filter) this.filter.value = entry.query['filter'] ?? '';
  }

  private fill(detail: LayerDetail): void {
    const { words } = this.context;
    const times = detail.times ?? [];
    this.time.replaceChildren(
      option('', words.say('byTimeBar')),
      ...[...times].reverse().map(time => option(time, words.date(time))),
    );
    this.timeRow.hidden = times.length < 2;
    const names = (detail.attributes ?? []).map(({ name }) => name);
    const attribute = quoted(names[0] ?? 'name');
    this.filter.placeholder = words.say('filterHelp', { attribute });
    this.attributes.replaceChildren(...names.map(name => this.insertion(name)));
  }

  /** A name that a click writes into the filter. */
  private insertion(name: string): HTMLButtonElement {
    const insert = (): void => {
      const text = this.filter.value.trimEnd();
      this.filter.value = `${text}${text ? ' ' : ''}${quoted(name)} `;
      this.filter.focus();
    };
    return h('button', { type: 'button' }, { click: insert }, h('bdi', {}, name));
  }

  /** The styles that draw this layer; one that a link names is shown also when it is not there. */
  private offerStyles({ id, query }: Entry): void {
    const { words, book } = this.context;
    const chosen = query['style'] ?? '';
    const fitting = book.styles.filter(({ layers }) => layers.includes(id));
    const offers = fitting.map(style => [style.id, style.title] as const);
    if (chosen && !fitting.some(style => style.id === chosen)) offers.push([chosen, chosen]);
    const now = JSON.stringify(offers);
    if (now !== this.offered) {
      this.offered = now;
      const plain = option('', words.say('plainStyle'));
      this.style.replaceChildren(plain, ...offers.map(([value, title]) => option(value, title)));
    }
    this.styleRow.hidden = offers.length === 0;
    this.style.value = chosen;
  }

  private apply(): void {
    const wishes = { time: this.time.value, style: this.style.value, filter: this.filter.value.trim() };
    this.ask(Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== '')));
  }

  private ask(query: Entry['query']): void {
    if (JSON.stringify(query) !== JSON.stringify(this.entry?.query)) this.context.store.change(this.key, { query });
  }
}

/** A name as the filter's language writes it. */
function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replace(/"/g, '""')}"`;
}
