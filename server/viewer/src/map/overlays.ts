// Keeps the data layers of one map equal to a list of entries.

import type { Map as GlMap } from 'maplibre-gl';

import type { Bounds, TileJson } from '../model/api';
import type { Entry } from '../model/state';
import { Frames } from './frames';
import { Hatch } from './hatch';

/** An entry with the address of its tiles; without one where nothing was observed at the moment shown. */
export interface Drawn {
  entry: Entry;
  tiles: TileJson | null;
  bounds: Bounds;
}

interface Overlay {
  frames: Frames;
  hatch: Hatch;
}

const PREFIX = 'layer:';

export class Overlays {
  private readonly overlays = new Map<string, Overlay>();

  constructor(private readonly map: GlMap) {}

  /** `drawn` has the top of the map first; `ahead` is loaded but not shown. */
  show(drawn: Drawn[], ahead: Drawn[]): void {
    this.dropOthers(new Set(drawn.map(({ entry }) => entry.key)));
    const order = [...drawn].reverse().map(one => {
      const overlay = this.overlayOf(one.entry);
      const next = ahead.find(({ entry }) => entry.key === one.entry.key)?.tiles ?? null;
      this.draw(overlay, one, next);
      return [...overlay.frames.layers, ...overlay.hatch.layers];
    });
    this.sort(order.flat());
  }

  private overlayOf(entry: Entry): Overlay {
    const id = PREFIX + entry.key;
    const known = this.overlays.get(entry.key);
    const overlay = known ?? { frames: new Frames(this.map, id, entry), hatch: new Hatch(this.map, id) };
    this.overlays.set(entry.key, overlay);
    return overlay;
  }

  private draw({ frames, hatch }: Overlay, { entry, tiles, bounds }: Drawn, next: TileJson | null): void {
    if (tiles) {
      hatch.remove();
      frames.show(entry, tiles);
    } else {
      frames.hide(entry);
      hatch.show(bounds, entry.visible);
    }
    frames.prepare(next);
  }

  private dropOthers(wanted: Set<string>): void {
    for (const [key, { frames, hatch }] of this.overlays) {
      if (wanted.has(key)) continue;
      frames.remove();
      hatch.remove();
      this.overlays.delete(key);
    }
  }

  /** To be called when tiles have arrived: what is whole now is shown. */
  settle(): void {
    for (const { frames } of this.overlays.values()) frames.settle();
  }

  ready(): boolean {
    return [...this.overlays.values()].every(({ frames }) => frames.ready());
  }

  /** Moving a layer repaints the map: only when the order is another. */
  private sort(wanted: string[]): void {
    const now = this.map.getLayersOrder().filter(id => id.startsWith(PREFIX));
    if (now.join() !== wanted.join()) wanted.forEach(id => this.map.moveLayer(id));
  }
}

/** The entry's key of a source of this page, or null for the ground. */
export function entryKey(sourceId: string | undefined): string | null {
  return sourceId?.startsWith(PREFIX) ? (sourceId.slice(PREFIX.length).split('/')[0] ?? null) : null;
}
