// The list beside the map: layers on it, layers to choose from, files that could not be served.

import { showPreview, type LayerSummary } from '../model/api';
import { groundLayers } from '../model/base_choice';
import { newEntry, type Entry } from '../model/state';
import { Account } from './account';
import type { Context } from './context';
import { h, say, setAttributes } from './dom';
import { icon } from './icons';
import { LayerCard } from './layer_card';
import { titleOf } from './origin';
import { toolbar, type Preferences } from './toolbar';

const SEARCH_FROM = 8; // layers; fewer are seen at a glance

export class Panel {
  readonly element: HTMLElement;
  private readonly cards = new Map<string, LayerCard>();
  private readonly shown = h('ol', { class: 'cards' });
  private readonly empty = h('p', { class: 'quiet empty' });
  private readonly offered = h('ul', { class: 'offered' });
  private readonly offeredPart: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly noMatch = h('p', { class: 'quiet', hidden: true });
  private readonly problems = h('div', { class: 'problems' });
  private readonly away = h('p', { class: 'refusal away', role: 'status', hidden: true });
  private readonly account: Account;
  private readonly fold: HTMLButtonElement;
  private offeredNow = '';
  private problemsNow = '';

  constructor(
    private readonly context: Context,
    preferences: Preferences,
  ) {
    const { words } = context;
    this.account = new Account(words, preferences.askerChanged);
    this.search = h(
      'input',
      { type: 'search', placeholder: words.say('search'), 'aria-label': words.say('search') },
      { input: () => this.filter() },
    );
    this.fold = h('button', { type: 'button', class: 'icon-button fold-panel' }, { click: () => this.toggle() }, icon('chevron'));
    this.offeredPart = h('section', { 'aria-labelledby': 'offered' }, h('h2', { id: 'offered' }, words.say('available')), this.search, this.offered, this.noMatch);
    const body = h(
      'div',
      { class: 'panel-body', id: 'panel-body' },
      this.away,
      h('section', { 'aria-labelledby': 'on-map' }, h('h2', { id: 'on-map' }, words.say('onMap')), this.shown, this.empty),
      this.offeredPart,
      this.problems,
      toolbar(words, preferences, this.account.element),
    );
    const brand = h('h1', { class: 'brand' }, icon('layers'), 'Relief');
    this.element = h('aside', { class: 'panel', 'aria-label': words.say('layers') }, h('header', { class: 'panel-head' }, brand, this.fold), body);
    say(this.noMatch, words.say('noMatch'));
    this.setOpen(true);
  }

  get open(): boolean {
    return !this.element.classList.contains('folded');
  }

  setOpen(open: boolean): void {
    const label = this.context.words.say(open ? 'panelHide' : 'panelShow');
    this.element.classList.toggle('folded', !open);
    setAttributes(this.fold, { 'aria-expanded': open, 'aria-controls': 'panel-body', 'aria-label': label, title: label });
  }

  private toggle(): void {
    this.setOpen(!this.open);
  }

  update(): void {
    const { store, book, words } = this.context;
    const { entries } = store.state;
    this.updateCards(entries);
    this.empty.hidden = entries.length > 0;
    const none = book.catalogue.layers.length === 0;
    say(this.empty, none ? `${words.say('noLayers')} ${words.say('noLayersHelp')}` : words.say('noneOnMap'));
    this.away.hidden = book.reachable;
    say(this.away, words.say('unreachable'));
    this.updateOffered(entries);
    this.updateProblems();
    this.account.update(book.asker);
  }

  private updateCards(entries: Entry[]): void {
    for (const [key, card] of this.cards) {
      if (entries.some(entry => entry.key === key)) continue;
      card.element.remove();
      this.cards.delete(key);
    }
    entries.forEach((entry, place) => {
      const card = this.cardOf(entry);
      this.put(card.element, place);
      card.update(entry);
    });
  }

  /** A link names layers before the server has told of them: what they are decides what their card offers. */
  private cardOf(entry: Entry): LayerCard {
    const card = this.cards.get(entry.key);
    if (card?.suits(this.context.book.layer(entry.id))) return card;
    card?.element.remove();
    const made = new LayerCard(this.context, entry);
    this.cards.set(entry.key, made);
    return made;
  }

  /** Only what is out of place is moved: moving an element costs it focus and pointer. */
  private put(element: HTMLElement, place: number): void {
    if (this.shown.children[place] === element) return;
    const after = this.shown.children[place];
    // One card moved down: moving its neighbour up leaves the moved card itself, and its focus, untouched.
    if (after && after.nextElementSibling === element && after.contains(document.activeElement)) {
      element.after(after);
    } else {
      this.shown.insertBefore(element, after ?? null);
    }
  }

  private updateOffered(entries: Entry[]): void {
    const { catalogue, styles } = this.context.book;
    const ground = groundLayers(styles);
    // What the base maps are made of comes last.
    const all = [...catalogue.layers].sort((a, b) => Number(ground.has(a.id)) - Number(ground.has(b.id)));
    const offered = all.filter(layer => !entries.some(entry => entry.id === layer.id));
    const now = JSON.stringify(offered.map(({ id, title, version }) => [id, title, version]));
    if (now === this.offeredNow) return;
    this.offeredNow = now;
    this.offeredPart.hidden = offered.length === 0;
    this.search.hidden = offered.length < SEARCH_FROM;
    this.offered.replaceChildren(...offered.map(layer => this.offer(layer)));
    this.filter();
  }

  private offer(layer: LayerSummary): HTMLLIElement {
    const { words, store } = this.context;
    const title = titleOf(layer, words);
    const add = (): void => {
      const { entries } = store.state;
      store.set({ entries: [newEntry(entries, layer.id), ...entries] });
      this.cards.get(layer.id)?.element.querySelector<HTMLElement>('.handle')?.focus();
    };
    const picture = h('img', { alt: '', loading: 'lazy', width: 40, height: 40 });
    picture.addEventListener('error', () => picture.classList.add('unseen'));
    if (!store.state.light) void showPreview(picture, layer);
    const text = h('span', { class: 'offer-title' }, h('bdi', {}, title));
    const button = h('button', { type: 'button', class: 'offer', 'aria-label': words.say('add', { title }) }, { click: add }, picture, text, icon('plus'));
    return h('li', { 'data-words': `${title} ${layer.id}`.toLowerCase() }, button);
  }

  private filter(): void {
    const wanted = this.search.hidden ? '' : this.search.value.trim().toLowerCase();
    let found = 0;
    for (const item of this.offered.querySelectorAll('li')) {
      item.hidden = !(item.dataset['words'] ?? '').includes(wanted);
      if (!item.hidden) found++;
    }
    this.noMatch.hidden = found > 0 || this.offeredPart.hidden;
  }

  private updateProblems(): void {
    const { book, words } = this.context;
    const { problems } = book.catalogue;
    const now = JSON.stringify(problems);
    if (now === this.problemsNow) return;
    this.problemsNow = now;
    const rows = problems.flatMap(({ subject, reason }) => [
      h('dt', {}, h('bdi', {}, subject)),
      h('dd', {}, h('bdi', {}, reason)),
    ]);
    const count = words.say('notServed', { count: words.number(problems.length) });
    const list = h('details', {}, h('summary', {}, icon('warning'), count), h('dl', {}, ...rows));
    this.problems.replaceChildren(...(problems.length ? [list] : []));
  }
}
