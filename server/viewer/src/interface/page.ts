// All visible parts around the map, in one language; another language makes another page.

import type { Context } from './context';
import { BasePanel, NATURAL_EARTH } from './base_panel';
import { attribution } from './origin';
import { h } from './dom';
import { LegendPanel } from './legend_panel';
import { MapButtons, type MapActions } from './map_buttons';
import { Panel } from './panel';
import { Swipe } from './swipe';
import { TimeBar } from './time_bar';
import type { Preferences } from './toolbar';
import { ValuesPanel } from './values_panel';

export interface PageParts {
  panelPlace: HTMLElement;
  mapPlace: HTMLElement;
}

/** Each part for itself: a Latin name must not draw Arabic figures to its side. */
const credit = (parts: string[]): HTMLElement =>
  h('span', { class: 'credit' }, ...parts.flatMap((part, i) => [i ? ' · ' : '', h('bdi', {}, part)]));

/** Up to this zoom the maps that come with the program are fine enough. */
const MOST_OVERVIEW = 8;

export class Page {
  readonly panel: Panel;
  readonly values: ValuesPanel;
  readonly time: TimeBar;
  private readonly legend: LegendPanel;
  private readonly swipe: Swipe;
  private readonly buttons: MapButtons;
  private readonly base: BasePanel;
  private readonly loading: HTMLElement;
  private readonly credits = h('p', { class: 'credits', tabindex: 0 });
  private readonly onMap: HTMLElement[];

  constructor(
    private readonly context: Context,
    parts: PageParts,
    actions: MapActions & { mark(place: { lon: number; lat: number } | null): void },
    preferences: Preferences,
  ) {
    this.panel = new Panel(context, preferences);
    this.values = new ValuesPanel(context, actions.mark);
    this.legend = new LegendPanel(context);
    this.swipe = new Swipe(context);
    this.time = new TimeBar(context);
    this.base = new BasePanel(context);
    this.buttons = new MapButtons(context, actions, this.base.button);
    const corner = h('div', { class: 'corner' }, this.values.element, this.legend.element);
    const foot = h('div', { class: 'foot' }, this.time.element, corner);
    this.loading = h('div', { class: 'loading-line', role: 'progressbar', 'aria-label': context.words.say('loading'), hidden: true });
    this.onMap = [this.loading, this.swipe.element, this.buttons.element, this.base.element, foot, this.credits];
    parts.panelPlace.replaceChildren(this.panel.element);
    parts.mapPlace.append(...this.onMap);
  }

  update(): void {
    this.panel.update();
    this.legend.update();
    this.swipe.update();
    this.time.update();
    this.values.update();
    this.buttons.update();
    this.base.update();
    this.updateCredits();
  }

  /** The map still shows the moment before, or parts of it. */
  updateBusy(busy: boolean): void {
    this.loading.hidden = !busy;
    this.time.updateBusy();
  }

  private updateCredits(): void {
    const { store, book, words, timeline } = this.context;
    const lines = store.state.entries.flatMap(entry => {
      const detail = entry.visible ? book.detail(entry.id) : null;
      const sight = timeline.sight(entry);
      return detail && !sight.missing ? [attribution(detail, sight, words)] : [];
    });
    const all = [...lines, this.baseCredit()].filter(parts => parts.length > 0);
    const now = [...new Set(all.map(parts => parts.join(' · ')))];
    if (this.credits.title === now.join('\n')) return;
    this.credits.title = now.join('\n');
    const first = (parts: string[], i: number): boolean =>
      all.findIndex(other => other.join() === parts.join()) === i;
    this.credits.replaceChildren(...all.filter(first).map(credit));
  }

  /** Of what lies under the layers; near by also how far it can be trusted. */
  private baseCredit(): string[] {
    const { base, words, zoom } = this.context;
    const style = base();
    const origin = style ? style.attribution || style.title : words.say('outline');
    return origin.includes(NATURAL_EARTH) && zoom() > MOST_OVERVIEW ? [origin, words.say('baseOverview')] : [origin];
  }

  remove(): void {
    this.values.close();
    for (const element of this.onMap) element.remove();
  }
}
