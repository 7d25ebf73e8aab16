// Bands, formula, colours, range, smoothing and time of one entry.

import type { Band, LayerDetail } from '../model/api';
import { COLORMAPS, formulas, outputs, rescaleOf } from '../model/bands';
import { choiceOf, queryOf, withAlgorithm, withView, type Choice, type View } from '../model/choice';
import type { Entry } from '../model/state';
import { AlgorithmControls } from './algorithm_controls';
import type { Context } from './context';
import { field, h, option, setAttributes } from './dom';
import { Distribution } from './distribution';

const SMOOTHING = ['nearest', 'bilinear', 'cubic', 'average', 'mode'];
const VIEWS: View[] = ['published', 'rgb', 'band', 'formula', 'algorithm'];

const select = (name: string): HTMLSelectElement => h('select', { name });

export class StyleControls {
  readonly element: HTMLFormElement;
  private readonly time = select('time');
  private readonly view = select('view');
  private readonly band = [select('band-1'), select('band-2'), select('band-3')];
  private readonly expression = h('input', { name: 'expression', spellcheck: 'false', dir: 'ltr', maxlength: 1000, autocomplete: 'off' });
  private readonly presets = h('div', { class: 'presets' });
  private readonly colormap = select('colormap');
  private readonly low = h('input', { name: 'low', inputmode: 'decimal', dir: 'ltr', autocomplete: 'off' });
  private readonly high = h('input', { name: 'high', inputmode: 'decimal', dir: 'ltr', autocomplete: 'off' });
  private readonly rangeNote = h('p', { class: 'refusal', role: 'alert' });
  private readonly resampling = select('resampling');
  private readonly distribution: Distribution;
  private readonly algorithm: AlgorithmControls;
  private entry: Entry | null = null;
  private rows: Record<'time' | 'rgb' | 'formula' | 'colormap', HTMLElement>;
  private detail: LayerDetail | null = null;
  private choice: Choice = choiceOf({});
  /** One end of the range is typed, the other not yet: what arrives meanwhile must not wipe it away. */
  private rangeBegun = false;

  constructor(
    private readonly context: Context,
    private readonly key: string,
  ) {
    const { words } = context;
    this.distribution = new Distribution(words);
    this.algorithm = new AlgorithmControls(context, () => this.entry && this.draw(this.entry));
    const bandNames = [words.say('red'), words.say('green'), words.say('blue')];
    this.rows = {
      time: field(words.say('time'), this.time),
      rgb: h('div', { class: 'row' }, ...this.band.map((b, i) => field(bandNames[i] ?? '', b))),
      formula: h('div', {}, field(words.say('expression'), this.expression), this.presets),
      colormap: field(words.say('colormap'), this.colormap),
    };
    this.expression.placeholder = words.say('expressionHelp');
    const range = h('div', { class: 'row' }, field(words.say('low'), this.low), field(words.say('high'), this.high));
    const reset = h('button', { type: 'button' }, { click: () => this.apply(choiceOf({})) }, words.say('reset'));
    const use = h('button', { type: 'submit', class: 'primary' }, words.say('apply'));
    this.element = h(
      'form',
      { class: 'style-controls' },
      { input: event => this.typed(event), change: event => this.changed(event), submit: event => this.submitted(event) },
      this.rows.time,
      field(words.say('view'), this.view),
      this.rows.rgb,
      this.rows.formula,
      this.algorithm.element,
      this.rows.colormap,
      h('fieldset', {}, h('legend', {}, words.say('rescale')), range, this.rangeNote),
      this.distribution.element,
      field(words.say('resampling'), this.resampling),
      h('div', { class: 'row end' }, reset, use),
    );
    this.fillFixed();
  }

  private fillFixed(): void {
    const automatic = (): HTMLOptionElement => option('', this.context.words.say('automatic'));
    this.resampling.append(automatic(), ...SMOOTHING.map(name => option(name, name)));
    const reversed = COLORMAPS.map(name => `${name}_r`);
    this.colormap.append(automatic(), ...[...COLORMAPS, ...reversed].map(name => option(name, name)));
  }

  private bandTitle({ band, title, unit }: Band): string {
    const name = this.context.words.say('band', { number: band });
    return `${title ? `${name}: ${title}` : name}${unit ? ` (${unit})` : ''}`;
  }

  private fill(detail: LayerDetail): void {
    const { words } = this.context;
    const bands = detail.bands ?? [];
    const names: Record<View, string> = {
      published: words.say('asPublished'),
      rgb: [words.say('red'), words.say('green'), words.say('blue')].join(' · '),
      band: bands.length > 1 ? words.say('bands') : words.say('band', { number: 1 }),
      formula: words.say('expression'),
      algorithm: words.say('algorithm'),
    };
    const possible = { rgb: bands.length >= 3, algorithm: (detail.algorithms ?? []).length > 0 };
    const views = VIEWS.filter(view => (view !== 'rgb' && view !== 'algorithm') || possible[view]);
    this.view.replaceChildren(...views.map(view => option(view, names[view])));
    for (const one of this.band) {
      one.replaceChildren(...bands.map(band => option(String(band.band), this.bandTitle(band))));
    }
    this.algorithm.fill(detail);
    const known = detail.times ?? [];
    this.time.replaceChildren(
      option('', words.say('byTimeBar')),
      ...[...known].reverse().map(time => option(time, words.date(time))),
    );
    this.rows.time.hidden = known.length < 2;
    this.presets.replaceChildren(...formulas(bands).map(one => this.preset(one.name, one.expression)));
  }

  private preset(name: string, expression: string): HTMLButtonElement {
    const use = (): void => this.apply({ ...this.choice, view: 'formula', expression, rescale: '' });
    return h('button', { type: 'button', title: expression }, { click: use }, name);
  }

  update(entry: Entry, detail: LayerDetail | null): void {
    if (detail && detail !== this.detail) {
      this.detail = detail;
      this.fill(detail);
    }
    this.entry = entry;
    const wanted = choiceOf(entry.query);
    // A view without words of its own yet ("formula", nothing typed) is not undone by the address.
    if (wanted.view !== 'published' || this.choice.view !== 'formula') this.choice = wanted;
    this.draw(entry);
  }

  private draw(entry: Entry): void {
    const { choice } = this;
    const [low = '', high = ''] = choice.rescale.split(',');
    const bandCount = this.detail?.bands?.length ?? 1;
    this.view.value = choice.view;
    this.band.forEach((one, i) => (one.value = String(choice.bands[i] ?? '')));
    this.rows.rgb.hidden = choice.bands.length === 0 || choice.view === 'formula' || choice.view === 'algorithm';
    this.algorithm.draw(choice);
    this.band.forEach((one, i) => {
      const label = one.parentElement;
      if (label) label.hidden = choice.view === 'band' && (i > 0 || bandCount < 2);
    });
    this.rows.rgb.classList.toggle('single', choice.view === 'band');
    this.rows.formula.hidden = choice.view !== 'formula';
    for (const [input, value] of [[this.low, low], [this.high, high], [this.expression, choice.expression]] as const) {
      const begun = this.rangeBegun && input !== this.expression;
      if (document.activeElement !== input && !begun) input.value = value;
    }
    // Names beyond the list may come with a shared address.
    if (choice.colormap && ![...this.colormap.options].some(one => one.value === choice.colormap)) {
      this.colormap.append(option(choice.colormap, choice.colormap));
    }
    this.colormap.value = choice.colormap;
    this.rows.colormap.hidden = outputs(entry.query, bandCount) !== 1;
    this.resampling.value = choice.resampling;
    this.time.value = choice.time;
    const { entry: shown } = this.context.timeline.sight(entry);
    void this.distribution.show(shown, choice.view === 'formula' || choice.view === 'algorithm' ? null : (choice.bands[0] ?? 1));
  }

  private typed(event: Event): void {
    if (event.target === this.low || event.target === this.high) this.rangeBegun = true;
  }

  private changed(event: Event): void {
    if (event.target === this.view) {
      const numbers = (this.detail?.bands ?? []).map(band => band.band);
      const view = this.view.value as View;
      const [first = ''] = this.detail?.algorithms ?? [];
      this.apply(view === 'algorithm' ? withAlgorithm(this.choice, first) : withView(this.choice, view, numbers));
      if (this.choice.view === 'formula') this.expression.focus();
    } else {
      this.applyFields();
    }
  }

  private submitted(event: Event): void {
    event.preventDefault();
    this.applyFields();
  }

  private applyFields(): void {
    const empty = !this.low.value.trim() && !this.high.value.trim();
    const rescale = empty ? '' : rescaleOf(this.low.value, this.high.value);
    const half = !empty && (!this.low.value.trim() || !this.high.value.trim());
    this.rangeNote.textContent = rescale === null && !half ? this.context.words.say('rangeWrong') : '';
    setAttributes(this.low, { 'aria-invalid': rescale === null && !half ? 'true' : null });
    // One of the two typed: wait for the other.
    if (rescale === null) return;
    if (this.choice.view === 'algorithm') {
      const chosen = this.algorithm.chosen(this.choice);
      if (chosen.algorithm !== this.choice.algorithm) return this.apply(chosen);
      this.choice = chosen;
    }
    const count = this.choice.view === 'band' ? 1 : 3;
    const typed = this.choice.bands.length > 0 && this.choice.view !== 'algorithm';
    this.apply({
      ...this.choice,
      bands: typed ? this.band.slice(0, count).map(one => Number(one.value)) : this.choice.bands,
      expression: this.expression.value,
      colormap: this.colormap.value,
      rescale,
      resampling: this.resampling.value,
      time: this.time.value,
    });
  }

  private apply(choice: Choice): void {
    this.choice = choice;
    this.rangeBegun = false;
    const query = queryOf(choice, this.detail?.bands?.length ?? 1);
    this.context.store.change(this.key, { query });
  }
}
