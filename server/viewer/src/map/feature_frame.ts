// One picture of an entry, drawn here from vector tiles by the layers of a style.

import type { LayerSpecification, Map as GlMap, StyleSpecification } from 'maplibre-gl';

import { onThisPage, type TileJson } from '../model/api';
import type { Entry } from '../model/state';
import { fadedPaint } from '../model/style_parts';
import type { Frame } from './frames';
import { bringIcons } from './icons';

type Added = LayerSpecification & { id: string };

// A light line in a dark one: seen on every ground.
const MARK = { dark: '#10202c', light: '#ffd23f' };

/** What lies over the one feature that a reader has picked. */
function marks(id: string, source: string, sourceLayer: string): Added[] {
  const from = { source, 'source-layer': sourceLayer, filter: ['boolean', false] };
  const line = (width: number, colour: string): object => ({ type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': width } });
  const ring = { 'circle-radius': 9, 'circle-opacity': 0, 'circle-stroke-width': 3, 'circle-stroke-color': MARK.light };
  const parts = [line(6, MARK.dark), line(3, MARK.light), { type: 'circle', paint: ring }];
  return parts.map((part, i) => ({ id: `${id}/picked-${i}`, ...from, ...part }) as Added);
}

export class FeatureFrame implements Frame {
  private readonly drawn: Added[];
  private readonly marks: Added[];
  private marked: number | null = null;
  private look = '';

  constructor(
    private readonly map: GlMap,
    readonly id: string,
    readonly content: string,
    tiles: TileJson,
    template: string,
    style: StyleSpecification,
  ) {
    map.addSource(id, {
      type: 'vector',
      tiles: [template],
      minzoom: tiles.minzoom ?? 0,
      maxzoom: tiles.maxzoom ?? 14,
      ...(tiles.bounds ? { bounds: tiles.bounds } : {}),
    });
    if (typeof style.sprite === 'string') bringIcons(map, onThisPage(style.sprite));
    const layer = tiles.vector_layers?.[0]?.id;
    this.drawn = style.layers.flatMap(one => this.ofTiles(one, style, layer));
    this.marks = layer ? marks(id, id, layer) : [];
    for (const one of [...this.drawn, ...this.marks]) map.addLayer(one);
  }

  /** A layer of the style over the tiles of this frame; nothing for what draws from no features. */
  private ofTiles(one: LayerSpecification, style: StyleSpecification, sourceLayer?: string): Added[] {
    if (!('source' in one) || style.sources[String(one.source)]?.type !== 'vector') return [];
    const id = `${this.id}/${one.id}`;
    return [{ ...one, id, source: this.id, ...(sourceLayer ? { 'source-layer': sourceLayer } : {}) } as Added];
  }

  get layers(): string[] {
    return [...this.drawn, ...this.marks].map(({ id }) => id);
  }

  mark(feature: number | null): void {
    if (feature === this.marked) return;
    this.marked = feature;
    const same = ['==', ['id'], feature ?? -1];
    const kind = (point: boolean): unknown[] => [point ? '==' : '!=', ['geometry-type'], 'Point'];
    for (const one of this.marks) {
      this.map.setFilter(one.id, feature === null ? ['boolean', false] : (['all', same, kind(one.type === 'circle')] as never));
    }
  }

  dress(entry: Entry, seen: boolean): void {
    const look = [seen, entry.opacity, entry.visible].join();
    if (look === this.look) return; // as of pictures
    this.look = look;
    for (const layer of this.drawn) {
      for (const [name, value] of fadedPaint(layer, seen ? entry.opacity : 0)) {
        this.map.setPaintProperty(layer.id, name, value);
      }
      // Words that are not to be seen yet would take the room of those that are.
      const shown = entry.visible && (seen || layer.type !== 'symbol');
      const stated = layer.layout?.visibility !== 'none';
      this.map.setLayoutProperty(layer.id, 'visibility', shown && stated ? 'visible' : 'none');
    }
    for (const { id } of this.marks) this.map.setLayoutProperty(id, 'visibility', seen && entry.visible ? 'visible' : 'none');
  }

  drop(): void {
    for (const id of this.layers) this.map.removeLayer(id);
    this.map.removeSource(this.id);
  }
}
