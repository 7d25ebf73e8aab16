// The pictures of one entry: the one that is seen, the one that replaces it once it is whole, and the next.

import type { Map as GlMap, StyleSpecification } from 'maplibre-gl';

import type { TileJson } from '../model/api';
import type { Entry } from '../model/state';
import { forScreen, onThisServer } from '../model/tiles';
import { FeatureFrame } from './feature_frame';
import { RasterFrame } from './raster_frame';

/** What one picture is made of. */
export interface Content {
  tiles: TileJson;
  /** How features are drawn here; null where the tiles are pictures. */
  style: StyleSpecification | null;
  /** Few bytes rather than fine pictures. */
  light: boolean;
}

export interface Frame {
  /** Of its source too. */
  readonly id: string;
  /** Equal for equal pictures. */
  readonly content: string;
  /** The lowest first. */
  readonly layers: string[];
  dress(entry: Entry, seen: boolean): void;
  /** Lifts one feature out; null none. */
  mark?(feature: number | null): void;
  drop(): void;
}

const templateOf = ({ tiles }: Content): string => onThisServer(tiles.tiles[0] ?? '', document.baseURI);

/** Pictures by their address, features by that of their tiles and by what draws them. */
function nameOf(content: Content): string {
  const template = templateOf(content);
  if (content.style) return `${template} ${JSON.stringify(content.style.layers)}`;
  return forScreen(template, content.light ? 1 : window.devicePixelRatio);
}

export class Frames {
  private frames: Frame[] = [];
  private seen: Frame | null = null;
  private wanted: Frame | null = null;
  private next: Frame | null = null;
  private count = 0;
  private marked: number | null = null;

  constructor(
    private readonly map: GlMap,
    private readonly id: string,
    private entry: Entry,
  ) {}

  get layers(): string[] {
    return this.frames.flatMap(frame => frame.layers);
  }

  show(entry: Entry, content: Content): void {
    this.entry = entry;
    this.wanted = this.frameOf(content);
    this.settle();
  }

  /** Nothing is to be seen; what is loaded ahead stays. */
  hide(entry: Entry): void {
    this.entry = entry;
    this.wanted = this.seen = null;
    this.settle();
  }

  /** Loads a picture without showing it; null gives up the one that was loaded. */
  prepare(content: Content | null): void {
    if (content === null && this.next === null) return;
    this.next = content ? this.frameOf(content) : null;
    this.settle();
  }

  /** A picture is replaced by one that is whole; the first one appears tile by tile. */
  settle(): void {
    const { wanted, seen } = this;
    if (wanted && wanted !== seen && (seen === null || this.whole(wanted))) this.seen = wanted;
    const used = (frame: Frame): boolean => [this.seen, this.wanted, this.next].includes(frame);
    const past = this.frames.filter(frame => !used(frame));
    this.frames = this.frames.filter(used); // at once: removing a source is an event that leads here again
    past.forEach(frame => frame.drop());
    for (const frame of this.frames) {
      frame.dress(this.entry, frame === this.seen);
      frame.mark?.(this.marked);
    }
  }

  mark(feature: number | null): void {
    if (feature === this.marked) return;
    this.marked = feature;
    this.settle();
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

  private frameOf(content: Content): Frame {
    const name = nameOf(content);
    return this.frames.find(frame => frame.content === name) ?? this.add(name, content);
  }

  private add(name: string, content: Content): Frame {
    const id = `${this.id}/${this.count++}`;
    const frame = content.style
      ? new FeatureFrame(this.map, id, name, content.tiles, templateOf(content), content.style)
      : new RasterFrame(this.map, id, name, content.tiles, this.seen === null);
    this.frames.push(frame);
    return frame;
  }
}
