// What the server has said about layers and entries; asks what is missing and tells when it knows more.

import type { StyleSpecification } from 'maplibre-gl';

import * as api from './api';
import { UNTIL } from './moments';
import { asker, NOBODY, type Asker } from './session';
import type { Entry } from './state';

/** What is known of one entry as it is drawn now. */
export interface Page {
  tiles: api.TileJson | null;
  /** Of a layer of features: how they are drawn. */
  style: StyleSpecification | null;
  legend: api.Legend | null;
  /** The observation that a time of the entry's own means, "none" for none; null when it names one itself. */
  observed: string | null;
  /** Why the last wish was refused; the map keeps showing the one before. */
  refusal: string | null;
  /** The server did not answer, or was too busy: it is asked again. */
  away: boolean;
}

interface Written extends Page {
  wish: string;
}

const EMPTY: Page = { tiles: null, style: null, legend: null, observed: null, refusal: null, away: false };
const MOST_ANSWERS = 500; // kept for the way back through time

export class Book {
  catalogue: api.Catalogue = { layers: [], problems: [] };
  reachable = true;
  styles: api.StyleSummary[] = [];
  asker: Asker = NOBODY;
  private readonly pages = new Map<string, Written>();
  private readonly answers = new Map<string, Page>(); // by wish
  private readonly asked = new Set<string>();
  private readonly documents = new Map<string, StyleSpecification | null>();
  private followed: readonly Entry[] = [];
  private readonly known = new Map<string, { version: string; detail: api.LayerDetail | null }>();

  private readonly told = new Map<string, string>(); // versions that came while the catalogue was asked for

  constructor(private readonly changed: () => void) {}

  layer(id: string): api.LayerSummary | undefined {
    return this.catalogue.layers.find(layer => layer.id === id);
  }

  page(key: string): Page {
    return this.pages.get(key) ?? EMPTY;
  }

  /** Asks for the catalogue; false when the server did not answer. */
  async refresh(): Promise<boolean> {
    this.told.clear();
    try {
      const [catalogue, styles] = await Promise.all([api.catalogue(), api.styles()]);
      const layers = catalogue.layers.map(layer => ({ ...layer, version: this.told.get(layer.id) ?? layer.version ?? '' }));
      this.catalogue = { ...catalogue, layers };
      this.styles = styles;
      this.reachable = true;
      this.forgetRefusals();
    } catch {
      this.reachable = false;
    }
    this.changed();
    return this.reachable;
  }

  /** A live layer has other features now, and nothing else of it is another: its tiles are asked for at once. */
  renew(id: string, version: string): void {
    const layer = this.layer(id);
    if (layer?.kind !== 'reports' || layer.version === version) return;
    const own = this.followed.filter(entry => entry.id === id);
    const known = own.map(entry => this.answers.get(this.wishOf(entry)));
    this.told.set(id, version);
    const layers = this.catalogue.layers.map(one => (one === layer ? { ...one, version } : one));
    this.catalogue = { ...this.catalogue, layers };
    own.forEach((entry, i) => {
      const page = known[i];
      if (page?.tiles) this.answers.set(this.wishOf(entry), { ...page, tiles: api.renewed(page.tiles, version) });
    });
    this.changed();
  }

  /** Who looks; another sees other things under the same addresses. */
  async meet(): Promise<void> {
    const before = JSON.stringify(this.asker);
    this.asker = await asker();
    if (JSON.stringify(this.asker) === before) return;
    this.answers.clear();
    this.known.clear();
    this.changed();
  }

  /** What was refused may be granted when it is wished for again. */
  private forgetRefusals(): void {
    for (const [wish, { refusal, away }] of this.answers) if (refusal !== null || away) this.answers.delete(wish);
    for (const [key, page] of this.pages) if (page.away) this.pages.set(key, { ...page, wish: '', away: false });
  }

  /** The detail of a layer, or null until it is there. */
  detail(id: string): api.LayerDetail | null {
    const layer = this.layer(id);
    if (!layer) return null;
    const version = layer.version ?? '';
    const known = this.known.get(id);
    if (known?.version === version) return known.detail;
    this.known.set(id, { version, detail: known?.detail ?? null });
    void this.askDetail(id, version);
    return known?.detail ?? null;
  }

  private async askDetail(id: string, version: string): Promise<void> {
    try {
      this.known.set(id, { version, detail: await api.layerDetail(id) });
      this.changed();
    } catch {
      // Asked again as soon as the catalogue names another version; until then the card says less.
    }
  }

  /** The document of a style; null until it is there. */
  document({ id, version }: api.StyleSummary): StyleSpecification | null {
    const wish = `${id} ${version}`;
    const known = this.documents.get(wish);
    if (known === undefined) {
      this.documents.set(wish, null);
      void this.askDocument(id, version, wish);
    }
    return known ?? null;
  }

  private async askDocument(id: string, version: string, wish: string): Promise<void> {
    try {
      this.documents.set(wish, await api.styleDocument(id, version));
      this.changed();
    } catch {
      this.documents.delete(wish); // asked again with the next look at the catalogue
    }
  }

  /** Tiles that fail while they are drawn: said beside the layer, until others arrive. */
  fail(key: string, reason: string | null, away = false): void {
    const page = this.pages.get(key);
    if (!page || (page.refusal === reason && page.away === away)) return;
    this.pages.set(key, { ...page, refusal: reason, away });
    this.changed();
  }

  private wishOf(entry: Entry): string {
    const style = this.styles.find(({ id }) => id === entry.query['style'])?.version;
    return JSON.stringify([entry.id, entry.query, this.layer(entry.id)?.version, style]);
  }

  /** Makes sure that every entry's page is written or being asked for. */
  follow(entries: Entry[]): void {
    this.followed = entries;
    for (const key of this.pages.keys()) {
      if (!entries.some(entry => entry.key === key)) this.pages.delete(key);
    }
    for (const entry of entries) {
      if (!this.layer(entry.id)) continue;
      const wish = this.wishOf(entry);
      const page = this.pages.get(entry.key);
      if (page?.wish === wish) continue;
      this.pages.set(entry.key, { ...(page ?? EMPTY), wish });
      const answer = this.answer(entry);
      if (answer) this.write(entry.key, wish, answer);
    }
  }

  /** What the server said to the wish of an entry, also of one that is not shown yet; null until it is there. */
  answer(entry: Entry): Page | null {
    const wish = this.wishOf(entry);
    const answer = this.answers.get(wish);
    if (!answer && !this.asked.has(wish)) void this.ask(entry, wish);
    return answer ?? null;
  }

  private async ask(entry: Entry, wish: string): Promise<void> {
    this.asked.add(wish);
    const answer = await this.hear(entry);
    this.asked.delete(wish);
    this.answers.set(wish, answer);
    const [oldest = ''] = this.answers.keys();
    if (this.answers.size > MOST_ANSWERS) this.answers.delete(oldest);
    for (const [key, page] of this.pages) if (page.wish === wish) this.write(key, wish, answer);
    this.changed();
  }

  private async hear({ id, query }: Entry): Promise<Page> {
    const { time } = query;
    const layer = this.layer(id);
    if (!layer) return EMPTY;
    try {
      const named = !time || layer.times?.includes(time.replace(UNTIL, ''));
      const observed = named ? null : await api.observedAt(layer, time);
      if (observed === 'none') return { ...EMPTY, observed };
      // The legend reads the same words as the tiles: what it refuses, they would refuse one by one.
      const [legend, tiles, style] = await Promise.all([
        api.legend(id, query),
        api.tileJson(id, query),
        api.hasFeatures(layer) ? api.layerStyle(id, query['style'] ?? '') : null,
      ]);
      return { tiles, style, legend, observed, refusal: null, away: false };
    } catch (error) {
      if (!(error instanceof api.Refusal) || error.status >= 500 || error.status === 429) return { ...EMPTY, away: true };
      return { ...EMPTY, refusal: (error as Error).message };
    }
  }

  private write(key: string, wish: string, answer: Page): void {
    const page = this.page(key);
    const { refusal, away } = answer;
    const good = refusal === null && !away;
    this.pages.set(key, good ? { ...answer, wish } : { ...page, refusal, away, wish });
  }
}
