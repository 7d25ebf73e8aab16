// The base map under the layers of the reader: a style of the server, drawn here or there.

import type { LayerSpecification, Map as GlMap, StyleSpecification } from 'maplibre-gl';

import { address } from '../model/problem';
import { showOutline } from './ground';
import { bringIcons } from './icons';

/** Null: the outline of the world that the page brings along. */
export type Base =
  | null
  /** `name`: equal for equal maps. */
  | { name: string; style: StyleSpecification; sprite: string }
  /** Pictures that the server draws: less to load, and every script shaped right. */
  | { name: string; tiles: string };

const PREFIX = 'base:';

export class BaseMap {
  private shown = '';
  private sources: string[] = [];
  private layers: string[] = [];
  private words: string[] = [];
  private count = 0;

  constructor(private readonly map: GlMap) {}

  /** Names of places: they lie above the layers of the reader. */
  get above(): readonly string[] {
    return this.words;
  }

  show(base: Base): void {
    const name = base?.name ?? '';
    if (name === this.shown) return;
    this.shown = name;
    this.remove();
    showOutline(this.map, base === null);
    if (base === null) return;
    if ('tiles' in base) this.addPictures(base.tiles);
    else this.addStyle(base.style, base.sprite);
  }

  /** Its tiles' addresses could not be had: the next show() tries once more. */
  forget(): void {
    this.shown = '';
  }

  private lowest(): string | undefined {
    return this.map.getLayersOrder().find(id => id.startsWith('layer:'));
  }

  private addPictures(tiles: string): void {
    const id = `${PREFIX}${this.count++}`;
    this.map.addSource(id, { type: 'raster', tiles: [tiles], tileSize: 256 });
    this.map.addLayer({ id, type: 'raster', source: id }, this.lowest());
    this.sources = [id];
    this.layers = [id];
  }

  private addStyle(style: StyleSpecification, sprite: string): void {
    const { map } = this;
    const own = `${PREFIX}${this.count++}/`;
    if (style.sprite) bringIcons(map, address(sprite));
    for (const [name, source] of Object.entries(style.sources)) {
      map.addSource(own + name, source);
      this.sources.push(own + name);
    }
    const under = this.lowest();
    for (const layer of style.layers) {
      const words = layer.type === 'symbol';
      const source = 'source' in layer ? { source: own + String(layer.source) } : {};
      map.addLayer({ ...layer, ...source, id: own + layer.id } as LayerSpecification, words ? undefined : under);
      (words ? this.words : this.layers).push(own + layer.id);
    }
  }

  private remove(): void {
    for (const id of [...this.layers, ...this.words]) this.map.removeLayer(id);
    for (const id of this.sources) this.map.removeSource(id);
    this.layers = [];
    this.words = [];
    this.sources = [];
  }
}

/** Whether a source of the map belongs to its base map. */
export const isOfBase = (sourceId: string | undefined): boolean => sourceId?.startsWith(PREFIX) ?? false;
