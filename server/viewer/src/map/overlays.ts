// Keeps the data layers of one map equal to a list of entries.

import type { Map as GlMap } from 'maplibre-gl';

import type { Bounds } from '../model/api';
import type { Entry } from '../model/state';
import { Frames, type Content } from './frames';
import { Hatch } from './hatch';

/** An entry with what it is drawn from; without it where nothing was observed at the moment shown. */
export interface Drawn {
  entry: Entry;
  content: Content | null;
  bounds: Bounds;
}

/** A feature that the reader looks at, by its id in the tiles. */
export interface Picked {
  key: string;
  feature: number;
}

interface Overlay {
  frames: Frames;
  hatch: Hatch;
}

const PREFIX = 'layer:';

export class Overlays {
  private readonly overlays = new Map<string, Overlay>();

  constructor(private readonly map: GlMap) {}

  /** `drawn` has the top of the map first; `ahead` is loaded but not shown; `above`: layers that lie over all. */
  show(drawn: Drawn[], ahead: Drawn[], above: string[]): void {
    this.dropOthers(new Set(drawn.map(({ entry }) => entry.key)));
    const order = [...drawn].reverse().map(one => {
      const overlay = this.overlayOf(one.entry);
      const next = ahead.find(({ entry }) => entry.key === one.entry.key)?.content ?? null;
      this.draw(overlay, one, next);
      return [...overlay.frames.layers, ...overlay.hatch.layers];
    });
    this.sort([...order.flat(), ...above]);
  }

  private overlayOf(entry: Entry): Overlay {
    const id = PREFIX + entry.key;
    const known = this.overlays.get(entry.key);
    const overlay = known ?? { frames: new Frames(this.map, id, entry), hatch: new Hatch(this.map, id) };
    this.overlays.set(entry.key, overlay);
    return overlay;
  }

  private draw({ frames, hatch }: Overlay, { entry, content, bounds }: Drawn, next: Content | null): void {
    if (content) {
      hatch.remove();
      frames.show(entry, content);
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

  /** Lifts one feature of one entry out. */
  mark(picked: Picked | null): void {
    for (const [key, { frames }] of this.overlays) frames.mark(picked?.key === key ? picked.feature : null);
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
    const all = new Set(wanted);
    const now = this.map.getLayersOrder().filter(id => all.has(id));
    if (now.join() !== wanted.join()) wanted.forEach(id => this.map.moveLayer(id));
  }
}

/** The entry's key of a source of this page, or null for the ground. */
export function entryKey(sourceId: string | undefined): string | null {
  return sourceId?.startsWith(PREFIX) ? (sourceId.slice(PREFIX.length).split('/')[0] ?? null) : null;
}
