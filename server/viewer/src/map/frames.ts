// The pictures of one entry: the one that is seen, the one that replaces it once it is whole, and the next.

import type { Map as GlMap } from 'maplibre-gl';

import type { TileJson } from '../model/api';
import type { Entry } from '../model/state';
import { forScreen, onThisServer } from '../model/tiles';

interface Frame {
  id: string;
  template: string;
  /** What it was last told to look like. */
  look: string;
}

const FADE_MS = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150;

function templateOf(tiles: TileJson): string {
  const template = onThisServer(tiles.tiles[0] ?? '', document.baseURI);
  return forScreen(template, window.devicePixelRatio);
}

export class Frames {
  private frames: Frame[] = [];
  private seen: Frame | null = null;
  private wanted: Frame | null = null;
  private next: Frame | null = null;
  private count = 0;

  constructor(
    private readonly map: GlMap,
    private readonly id: string,
    private entry: Entry,
  ) {}

  get layers(): string[] {
    return this.frames.map(frame => frame.id);
  }

  show(entry: Entry, tiles: TileJson): void {
    this.entry = entry;
    this.wanted = this.frameOf(tiles);
    this.settle();
  }

  /** Nothing is to be seen; what is loaded ahead stays. */
  hide(entry: Entry): void {
    this.entry = entry;
    this.wanted = this.seen = null;
    this.settle();
  }

  /** Loads a picture without showing it; null gives up the one that was loaded. */
  prepare(tiles: TileJson | null): void {
    if (tiles === null && this.next === null) return;
    this.next = tiles ? this.frameOf(tiles) : null;
    this.settle();
  }

  /** A picture is replaced by one that is whole; the first one appears tile by tile. */
  settle(): void {
    const { wanted, seen } = this;
    if (wanted && wanted !== seen && (seen === null || this.whole(wanted))) this.seen = wanted;
    const used = (frame: Frame): boolean => [this.seen, this.wanted, this.next].includes(frame);
    const past = this.frames.filter(frame => !used(frame));
    this.frames = this.frames.filter(used); // at once: removing a source is an event that leads here again
    past.forEach(frame => this.drop(frame));
    this.frames.forEach(frame => this.dress(frame));
  }

  ready(): boolean {
    return this.seen === this.wanted && this.frames.every(frame => this.whole(frame));
  }

  remove(): void {
    this.seen = this.wanted = this.next = null;
    this.settle();
  }

  private whole({ id }: Frame): boolean {
    return this.map.isSourceLoaded(id) === true;
  }

  private frameOf(tiles: TileJson): Frame {
    const template = templateOf(tiles);
    return this.frames.find(frame => frame.template === template) ?? this.add(template, tiles);
  }

  private add(template: string, tiles: TileJson): Frame {
    const frame = { id: `${this.id}/${this.count++}`, template, look: '' };
    this.map.addSource(frame.id, {
      type: 'raster',
      tiles: [template],
      tileSize: 256,
      minzoom: tiles.minzoom ?? 0,
      maxzoom: tiles.maxzoom ?? 22,
      ...(tiles.bounds ? { bounds: tiles.bounds } : {}),
    });
    // Transparent, not hidden: tiles of hidden layers are not loaded.
    const paint = { 'raster-opacity': 0, 'raster-fade-duration': this.seen ? 0 : FADE_MS };
    this.map.addLayer({ id: frame.id, type: 'raster', source: frame.id, paint });
    this.frames.push(frame);
    return frame;
  }

  private dress(frame: Frame): void {
    const { map, entry } = this;
    const resampling = entry.query['resampling'] === 'nearest' ? 'nearest' : 'linear';
    const seen = frame === this.seen;
    const look = [resampling, seen, entry.opacity, entry.visible].join();
    if (look === frame.look) return; // every change, also to the same, draws the map anew, which leads here again
    frame.look = look;
    map.setPaintProperty(frame.id, 'raster-opacity', seen ? entry.opacity : 0);
    map.setPaintProperty(frame.id, 'raster-fade-duration', seen ? FADE_MS : 0);
    map.setPaintProperty(frame.id, 'raster-resampling', resampling);
    map.setLayoutProperty(frame.id, 'visibility', entry.visible ? 'visible' : 'none');
  }

  private drop({ id }: Frame): void {
    this.map.removeLayer(id);
    this.map.removeSource(id);
  }
}
