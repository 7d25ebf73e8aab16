// Where the tiles of an entry are.

import type { Bounds } from './api';

/**
 * The path and query of a template that the server gave, on the address under which this page was opened.
 * The server may know itself by another name (`public_url`), which the page must not ask.
 */
export function onThisServer(template: string, base: string): string {
  const at = template.indexOf('/tiles/');
  const path = at < 0 ? template : template.slice(at + 1);
  const root = base.split(/[?#]/)[0] ?? base;
  return root.slice(0, root.lastIndexOf('/') + 1) + path;
}

/** Asks for 512 pixels a tile where the screen has them. */
export function forScreen(template: string, pixelRatio: number): string {
  return pixelRatio > 1 && !template.includes('@2x')
    ? template.replace(/\{y\}(?=\.)/, '{y}@2x')
    : template;
}

/** A box whose east is larger than its west, also over the antimeridian. */
export function unwrapped([west, south, east, north]: Bounds): Bounds {
  return east < west ? [west, south, east + 360, north] : [west, south, east, north];
}

/** The smallest box around all; null around none. */
export function around(boxes: Bounds[]): Bounds | null {
  const all = boxes.map(unwrapped);
  if (all.length === 0) return null;
  return [
    Math.min(...all.map(b => b[0])),
    Math.max(-85, Math.min(...all.map(b => b[1]))),
    Math.max(...all.map(b => b[2])),
    Math.min(85, Math.max(...all.map(b => b[3]))),
  ];
}

export function contains(bounds: Bounds, lon: number, lat: number): boolean {
  const [west, south, east, north] = unwrapped(bounds);
  if (lat < south || lat > north) return false;
  return [lon - 360, lon, lon + 360].some(x => x >= west && x <= east);
}

/** Longitude between -180 and 180. */
export function wrapped(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

const DEEPEST = 22;

/** "z/x/y" of the tile that a place lies in, at the whole zoom nearest to `zoom`. */
export function tileAt(lon: number, lat: number, zoom: number): string {
  const z = Math.max(0, Math.min(DEEPEST, Math.round(zoom)));
  const count = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const within = (share: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return `${z}/${within((lon + 180) / 360)}/${within(down)}`;
}
