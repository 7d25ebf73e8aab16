// What is shown of reports, and how: category, state, age; single ones, their density or their number.

import type { Query } from '../model/api';
import { categoryNames, categoryText, stateText } from '../model/incidents';
import type { Entry } from '../model/state';
import type { Word } from '../words/words';
import type { Context } from './context';
import { field, h, option } from './dom';

const HOUR = 3_600_000;
const AGES: readonly [since: string, milliseconds: number][] = [
  ['1h', HOUR],
  ['24h', 24 * HOUR],
  ['7d', 168 * HOUR],
  ['30d', 720 * HOUR],
];
const STATES = ['verified', 'new'];

interface View {
  name: string;
  word: Word;
  query: Query;
}
const PLAIN: View = { name: '', word: 'viewReports', query: {} };
const VIEWS: readonly View[] = [
  PLAIN,
  { name: 'heat', word: 'viewDensity', query: { style: 'heat', aggregate: 'cluster', cell: '16' } },
  { name: 'square', word: 'viewSquares', query: { aggregate: 'square' } },
  { name: 'hexagon', word: 'viewHexagons', query: { aggregate: 'hexagon' } },
];
const VIEW_WORDS = ['style', 'aggregate', 'cell'];
const OWN_STYLES = ['reports', 'reports-heat']; // which the views draw by

export class ReportControls {
  readonly element: HTMLFormElement;
  private readonly view: HTMLSelectElement;
  private readonly category: HTMLSelectElement;
  private readonly state: HTMLSelectElement;
  private readonly age: HTMLSelectElement;
  private query: Query = {};

  constructor(
    private readonly context: Context,
    private readonly key: string,
  ) {
    const { words } = context;
    this.view = h('select', { name: 'view' });
    const categories = categoryNames.map(name => option(name, categoryText(name, words)));
    this.category = h('select', { name: 'category' }, option('', words.say('categoryAll')), ...categories);
    const states = STATES.map(name => option(name, stateText(name, words)));
    this.state = h('select', { name: 'status' }, option('', words.say('statusAll')), ...states);
    const ages = AGES.map(([since, age]) => option(since, words.span(age)));
    this.age = h('select', { name: 'since' }, option('', words.say('ageAny')), ...ages);
    const reset = h('button', { type: 'button' }, { click: () => this.ask({}) }, words.say('reset'));
    this.element = h(
      'form',
      { class: 'style-controls' },
      { change: () => this.apply(), submit: event => event.preventDefault() },
      field(words.say('view'), this.view),
      field(words.say('category'), this.category),
      field(words.say('modStatus'), this.state),
      field(words.say('ageAtMost'), this.age),
      h('div', { class: 'row end' }, reset),
    );
  }

  update({ id, query }: Entry): void {
    this.query = query;
    this.offerViews(id);
    choose(this.view, this.viewOf(query));
    choose(this.category, query['category'] ?? '');
    choose(this.state, query['status'] ?? '');
    choose(this.age, query['since'] ?? '');
  }

  /** The views, and the styles of the workspace that draw reports. */
  private offerViews(id: string): void {
    const { words, book } = this.context;
    const styles = book.styles.filter(style => style.layers.includes(id) && !OWN_STYLES.includes(style.id));
    const offers = [...VIEWS.map(({ name, word }) => [name, words.say(word)] as const), ...styles.map(style => [style.id, style.title] as const)];
    if (offers.length === this.view.options.length) return;
    this.view.replaceChildren(...offers.map(([value, text]) => option(value, text)));
  }

  private viewOf({ style, aggregate }: Query): string {
    return style ?? VIEWS.find(({ query }) => query['aggregate'] === aggregate && !query['style'])?.name ?? '';
  }

  private apply(): void {
    const name = this.view.value;
    const view = VIEWS.find(one => one.name === name)?.query ?? { style: name };
    const chosen = { category: this.category.value, status: this.state.value, since: this.age.value };
    const own = [...VIEW_WORDS, ...Object.keys(chosen)];
    const others = Object.entries(this.query).filter(([word]) => !own.includes(word));
    const stated = Object.entries(chosen).filter(([, value]) => value !== '');
    this.ask({ ...Object.fromEntries(others), ...view, ...Object.fromEntries(stated) });
  }

  private ask(query: Query): void {
    this.context.store.change(this.key, { query });
  }
}

/** What a link asks for is shown also when it is not offered. */
function choose(select: HTMLSelectElement, value: string): void {
  if (![...select.options].some(one => one.value === value)) select.append(option(value, value));
  select.value = value;
}
