// One layer on the map: shown or hidden, opacity, side, style, origin.

import { hasFeatures, type LayerDetail, type LayerSummary } from '../model/api';
import { duplicated, type Entry, type Side } from '../model/state';
import type { Context } from './context';
import { h, say, setAttributes } from './dom';
import { FeatureControls } from './feature_controls';
import { icon } from './icons';
import { aboutLayer, ageOf, badges, titleOf } from './origin';
import { dragHandle } from './order';
import { ReportControls } from './report_controls';
import { StyleControls } from './style_controls';

type Controls = StyleControls | FeatureControls | ReportControls;

function controlsOf(layer: LayerSummary | undefined): new (context: Context, key: string) => Controls {
  if (layer?.kind === 'reports') return ReportControls;
  return layer && hasFeatures(layer) ? FeatureControls : StyleControls;
}

const SIDES: Side[] = ['before', 'both', 'after'];

export class LayerCard {
  readonly element: HTMLLIElement;
  private readonly eye: HTMLButtonElement;
  private readonly age = h('p', { class: 'age quiet' });
  private readonly marks = h('span', { class: 'badges' });
  private readonly slider: HTMLInputElement;
  private readonly percent = h('output', { class: 'percent' });
  private readonly refusal = h('p', { class: 'refusal', role: 'alert', hidden: true });
  private readonly sides: HTMLFieldSetElement;
  private readonly about = h('div', { class: 'about' });
  private readonly controls: Controls;
  private readonly layer: LayerSummary | undefined;
  private readonly title: string;
  private entry: Entry;
  private aboutDetail: LayerDetail | null = null;

  constructor(
    private readonly context: Context,
    entry: Entry,
  ) {
    const { words, book, store } = context;
    this.entry = entry;
    this.layer = book.layer(entry.id);
    this.title = titleOf(this.layer, words) || entry.id;
    this.controls = new (controlsOf(this.layer))(context, entry.key);
    this.eye = h('button', { type: 'button', class: 'icon-button' }, {
      click: () => store.change(entry.key, { visible: !this.entry.visible }),
    });
    this.slider = h(
      'input',
      { type: 'range', min: 0, max: 100, 'aria-label': words.say('opacity', { title: this.title }) },
      { input: () => store.change(entry.key, { opacity: Number(this.slider.value) / 100 }) },
    );
    this.sides = this.sideChoice();
    this.element = h(
      'li',
      { class: 'card', 'data-key': entry.key },
      this.header(),
      h('div', { class: 'card-line' }, this.age, this.marks),
      h('div', { class: 'opacity' }, this.slider, this.percent),
      this.sides,
      this.refusal,
      this.fold('style', this.controls.element),
      this.fold('about', this.about),
    );
  }

  /** A layer that is gone keeps its card: it may come back. */
  suits(layer: LayerSummary | undefined): boolean {
    return !layer || (layer.kind === this.layer?.kind && layer.title === this.layer.title);
  }

  private header(): HTMLElement {
    const { words, store, zoomTo } = this.context;
    const { key, id } = this.entry;
    const zoom = words.say('zoomTo', { title: this.title });
    const drop = words.say('remove', { title: this.title });
    const remove = (): void => {
      store.set({ entries: store.state.entries.filter(entry => entry.key !== key) });
    };
    return h(
      'header',
      {},
      dragHandle(this.context, key, this.title),
      this.eye,
      h('button', { type: 'button', class: 'title', title: zoom }, { click: () => zoomTo(id) }, h('bdi', {}, this.title)),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': drop, title: drop }, { click: remove }, icon('close')),
    );
  }

  private fold(word: 'style' | 'about', content: HTMLElement): HTMLDetailsElement {
    return h(
      'details',
      { class: 'fold', open: word === 'style' && this.layer?.kind === 'reports' },
      { toggle: () => this.update(this.entry) },
      h('summary', {}, this.context.words.say(word)),
      content,
    );
  }

  private sideChoice(): HTMLFieldSetElement {
    const { words, store } = this.context;
    const { key } = this.entry;
    const choices = SIDES.map(side =>
      h(
        'label',
        {},
        h('input', { type: 'radio', name: `side ${key}`, value: side }, { change: () => store.change(key, { side }) }),
        h('span', {}, words.say(side)),
      ),
    );
    const legend = h('legend', { class: 'unseen' }, words.say('compareSide', { title: this.title }));
    return h('fieldset', { class: 'sides', hidden: true }, legend, ...choices);
  }

  update(entry: Entry): void {
    const { words, book, store, timeline } = this.context;
    this.entry = entry;
    const detail = book.detail(entry.id);
    const word = words.say(entry.visible ? 'hide' : 'show', { title: this.title });
    setAttributes(this.eye, { 'aria-label': word, title: word, 'aria-pressed': entry.visible });
    const wanted = entry.visible ? 'eye' : 'eyeOff';
    if (!this.eye.querySelector(`.icon-${wanted}`)) this.eye.replaceChildren(icon(wanted));
    this.element.classList.toggle('off', !entry.visible);
    this.slider.value = String(Math.round(entry.opacity * 100));
    this.slider.style.setProperty('--share', `${entry.opacity * 100}%`);
    say(this.percent, words.percent(entry.opacity));
    say(this.age, ageOf(detail, timeline.sight(entry), words));
    this.sides.hidden = store.state.swipe === null;
    for (const input of this.sides.querySelectorAll('input')) {
      input.checked = input.value === entry.side;
    }
    this.updateRefusal(entry);
    this.controls.update(entry, detail);
    if (detail && detail !== this.aboutDetail) this.updateAbout(detail);
  }

  private updateRefusal(entry: Entry): void {
    const { words, book } = this.context;
    const { refusal: reason, away } = book.page(entry.key);
    this.refusal.hidden = reason === null && !away;
    const refused = reason === null ? '' : words.say('tilesFailed', { reason });
    say(this.refusal, away ? words.say('unreachable') : refused);
  }

  private updateAbout(detail: LayerDetail): void {
    const { words, store } = this.context;
    this.aboutDetail = detail;
    this.marks.replaceChildren(...badges(detail, words));
    const copy = (): void => {
      store.set({ entries: duplicated(store.state.entries, this.entry.key) });
    };
    const again = h('button', { type: 'button' }, { click: copy }, icon('copy'), words.say('addCopy'));
    this.about.replaceChildren(aboutLayer(detail, words), again);
  }
}
