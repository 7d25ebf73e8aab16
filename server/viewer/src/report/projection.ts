// Web Mercator in pixels of a world that is 256 × 2^zoom of them wide.

import type { Place } from './place';

export const TILE = 256;

export interface Point {
  x: number;
  y: number;
}

export function pixelOf({ lon, lat }: Place, zoom: number): Point {
  const side = TILE * 2 ** zoom;
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return { x: ((lon + 180) / 360) * side, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side };
}

export function placeAt({ x, y }: Point, zoom: number): Place {
  const side = TILE * 2 ** zoom;
  const turn = ((x / side) % 1 + 1) % 1;
  const high = Math.PI * (1 - (2 * Math.max(0, Math.min(side, y))) / side);
  return { lon: turn * 360 - 180, lat: (Math.atan(Math.sinh(high)) * 180) / Math.PI };
}
