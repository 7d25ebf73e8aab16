// One picture of an entry, made of tiles that the server has drawn.

import type { Map as GlMap } from 'maplibre-gl';

import type { TileJson } from '../model/api';
import type { Entry } from '../model/state';
import type { Frame } from './frames';

const FADE_MS = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150;

export class RasterFrame implements Frame {
  readonly layers: string[];
  private look = ''; // what it was last told to look like

  constructor(
    private readonly map: GlMap,
    readonly id: string,
    readonly content: string,
    tiles: TileJson,
    /** Nothing was seen before it: its tiles appear softly. */
    first: boolean,
  ) {
    this.layers = [id];
    map.addSource(id, {
      type: 'raster',
      tiles: [content],
      tileSize: 256,
      minzoom: tiles.minzoom ?? 0,
      maxzoom: tiles.maxzoom ?? 22,
      ...(tiles.bounds ? { bounds: tiles.bounds } : {}),
    });
    // Transparent, not hidden: tiles of hidden layers are not loaded.
    map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-opacity': 0, 'raster-fade-duration': first ? FADE_MS : 0 } });
  }

  dress(entry: Entry, seen: boolean): void {
    const { map, id } = this;
    const resampling = entry.query['resampling'] === 'nearest' ? 'nearest' : 'linear';
    const look = [resampling, seen, entry.opacity, entry.visible].join();
    if (look === this.look) return; // every change, also to the same, draws the map anew, which leads here again
    this.look = look;
    map.setPaintProperty(id, 'raster-opacity', seen ? entry.opacity : 0);
    map.setPaintProperty(id, 'raster-fade-duration', seen ? FADE_MS : 0);
    map.setPaintProperty(id, 'raster-resampling', resampling);
    map.setLayoutProperty(id, 'visibility', entry.visible ? 'visible' : 'none');
  }

  drop(): void {
    this.map.removeLayer(this.id);
    this.map.removeSource(this.id);
  }
}
