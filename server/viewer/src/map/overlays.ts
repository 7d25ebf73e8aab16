// Keeps the data layers of one map equal to a list of entries.

import type { Map as GlMap, RasterTileSource } from 'maplibre-gl';

import type { TileJson } from '../model/api';
import type { Entry } from '../model/state';
import { forScreen, onThisServer } from '../model/tiles';

/** An entry with the address of its tiles. */
export interface Drawn {
  entry: Entry;
  tiles: TileJson;
}

const PREFIX = 'layer:';

function templateOf(tiles: TileJson): string {
  const template = onThisServer(tiles.tiles[0] ?? '', document.baseURI);
  return forScreen(template, window.devicePixelRatio);
}

export class Overlays {
  /** The source's own list is empty while it loads. */
  private readonly templates = new Map<string, string>();

  constructor(private readonly map: GlMap) {}

  /** `drawn` has the top of the map first. */
  show(drawn: Drawn[]): void {
    this.dropOthers(new Set(drawn.map(({ entry }) => PREFIX + entry.key)));
    for (const { entry, tiles } of [...drawn].reverse()) {
      const id = PREFIX + entry.key;
      this.refreshSource(id, tiles);
      this.refreshLayer(id, entry);
    }
    this.sort(drawn.map(({ entry }) => PREFIX + entry.key).reverse());
  }

  private dropOthers(wanted: Set<string>): void {
    for (const id of [...this.templates.keys()].filter(one => !wanted.has(one))) {
      this.map.removeLayer(id);
      this.map.removeSource(id);
      this.templates.delete(id);
    }
  }

  private refreshSource(id: string, tiles: TileJson): void {
    const template = templateOf(tiles);
    const source = this.map.getSource<RasterTileSource>(id);
    if (!source) this.addSource(id, tiles, template);
    // setTiles keeps the old picture until the new one is there.
    else if (this.templates.get(id) !== template) source.setTiles([template]);
    this.templates.set(id, template);
  }

  private addSource(id: string, tiles: TileJson, template: string): void {
    this.map.addSource(id, {
      type: 'raster',
      tiles: [template],
      tileSize: 256,
      minzoom: tiles.minzoom ?? 0,
      maxzoom: tiles.maxzoom ?? 22,
      ...(tiles.bounds ? { bounds: tiles.bounds } : {}),
    });
  }

  private refreshLayer(id: string, entry: Entry): void {
    const { map } = this;
    if (!map.getLayer(id)) {
      map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-fade-duration': 150 } });
    }
    const resampling = entry.query['resampling'] === 'nearest' ? 'nearest' : 'linear';
    map.setPaintProperty(id, 'raster-opacity', entry.opacity);
    map.setPaintProperty(id, 'raster-resampling', resampling);
    map.setLayoutProperty(id, 'visibility', entry.visible ? 'visible' : 'none');
  }

  /** Moving a layer repaints the map: only when the order is another. */
  private sort(wanted: string[]): void {
    const now = this.map.getLayersOrder().filter(id => id.startsWith(PREFIX));
    if (now.join() !== wanted.join()) wanted.forEach(id => this.map.moveLayer(id));
  }
}

/** The entry's key of a source of this page, or null for the ground. */
export function entryKey(sourceId: string | undefined): string | null {
  return sourceId?.startsWith(PREFIX) ? sourceId.slice(PREFIX.length) : null;
}
