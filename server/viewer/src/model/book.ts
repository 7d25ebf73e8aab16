// What the server has said about layers and entries; asks what is missing and tells when it knows more.

import * as api from './api';
import type { Entry } from './state';

/** What is known of one entry as it is drawn now. */
export interface Page {
  tiles: api.TileJson | null;
  legend: api.Legend | null;
  /** Why the last wish was refused; the map keeps showing the one before. */
  refusal: string | null;
}

interface Written extends Page {
  wish: string;
}

const EMPTY: Page = { tiles: null, legend: null, refusal: null };

export class Book {
  catalogue: api.Catalogue = { layers: [], problems: [] };
  reachable = true;
  private readonly pages = new Map<string, Written>();
  private readonly known = new Map<string, { version: string; detail: api.LayerDetail | null }>();

  constructor(private readonly changed: () => void) {}

  layer(id: string): api.LayerSummary | undefined {
    return this.catalogue.layers.find(layer => layer.id === id);
  }

  title(id: string): string {
    return this.layer(id)?.title || id;
  }

  page(key: string): Page {
    return this.pages.get(key) ?? EMPTY;
  }

  /** Asks for the catalogue; false when the server did not answer. */
  async refresh(): Promise<boolean> {
    try {
      this.catalogue = await api.catalogue();
      this.reachable = true;
    } catch {
      this.reachable = false;
    }
    this.changed();
    return this.reachable;
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

  /** Tiles that fail while they are drawn: said beside the layer, until others arrive. */
  fail(key: string, reason: string | null): void {
    const page = this.pages.get(key);
    if (!page || page.refusal === reason) return;
    this.pages.set(key, { ...page, refusal: reason });
    this.changed();
  }

  /** Makes sure that every entry's page is written or being asked for. */
  follow(entries: Entry[]): void {
    for (const key of this.pages.keys()) {
      if (!entries.some(entry => entry.key === key)) this.pages.delete(key);
    }
    for (const entry of entries) {
      const layer = this.layer(entry.id);
      if (!layer) continue;
      const wish = JSON.stringify([entry.query, layer.version]);
      const page = this.pages.get(entry.key);
      if (page?.wish === wish) continue;
      this.pages.set(entry.key, { ...(page ?? EMPTY), wish });
      void this.write(entry, wish);
    }
  }

  private async write(entry: Entry, wish: string): Promise<void> {
    const still = (): Written | null => {
      const page = this.pages.get(entry.key);
      return page?.wish === wish ? page : null;
    };
    try {
      // The legend reads the same words as the tiles: what it refuses, they would refuse one by one.
      const legend = await api.legend(entry.id, entry.query);
      const tiles = await api.tileJson(entry.id, entry.query);
      if (still()) this.pages.set(entry.key, { tiles, legend, refusal: null, wish });
    } catch (error) {
      const page = still();
      if (page) this.pages.set(entry.key, { ...page, refusal: (error as Error).message });
    }
    if (still()) this.changed();
  }
}
