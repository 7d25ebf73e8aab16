// Tiles that a bad line has lost are asked for again, after longer and longer waits.

import type { Map as GlMap } from 'maplibre-gl';

const FIRST_WAIT_MS = 3_000;
const LONGEST_WAIT_MS = 60_000;
const AWAY = [0, 408, 425, 429, 500, 502, 503, 504];

/** Whether an answer, or none, says nothing of the thing that was asked for: it may be there the next time. */
export const isAway = (status: number | undefined): boolean => AWAY.includes(status ?? 0);

export interface TilePlace {
  x: number;
  y: number;
  z: number;
}

interface Lost {
  tiles: TilePlace[];
  wait: number;
  timer: number | null;
}

export class Retry {
  private readonly lost = new Map<string, Lost>(); // by source

  constructor(private readonly map: GlMap) {
    map.on('remove', () => this.lost.forEach(({ timer }) => timer !== null && window.clearTimeout(timer)));
  }

  later(source: string, tile: TilePlace): void {
    const lost = this.lost.get(source) ?? { tiles: [], wait: FIRST_WAIT_MS, timer: null };
    this.lost.set(source, lost);
    lost.tiles.push(tile);
    lost.timer ??= window.setTimeout(() => this.ask(source), lost.wait);
  }

  /** Whether something of the source is lost and not yet asked for again. */
  waits(source: string): boolean {
    return (this.lost.get(source)?.timer ?? null) !== null;
  }

  /** The line works: the next loss is a first one. */
  arrived(source: string): void {
    const lost = this.lost.get(source);
    if (lost && lost.timer === null) this.lost.delete(source);
  }

  /** Without waiting any longer. */
  now(): void {
    for (const [source, { timer }] of this.lost) {
      if (timer === null) continue;
      window.clearTimeout(timer);
      this.ask(source);
    }
  }

  private ask(source: string): void {
    const lost = this.lost.get(source);
    if (!lost) return;
    const tiles = lost.tiles.splice(0);
    lost.timer = null;
    lost.wait = Math.min(lost.wait * 2, LONGEST_WAIT_MS);
    if (this.map.getSource(source)) this.map.refreshTiles(source, tiles);
    else this.lost.delete(source);
  }
}
