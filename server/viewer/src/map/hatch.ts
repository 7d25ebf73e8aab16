// Where a layer has no observation for the chosen moment: hatched, so that it is not taken for "nothing there".

import type { Map as GlMap } from 'maplibre-gl';
import type { Feature, Polygon } from 'geojson';

import type { Bounds } from '../model/api';
import { unwrapped } from '../model/tiles';

const IMAGE = 'unobserved';
const SIDE = 24; // pixels of a pattern that repeats without a seam
const RATIO = 2;
const DARK = [70, 84, 96, 150] as const;
const PALE = [255, 255, 255, 90] as const; // beside the dark line: seen on dark ground too
const MOST_NORTHERN = 85.05; // where Web Mercator ends

/** Diagonal lines, a dark one and a pale one beside it; straight alpha. */
export function hatchImage(): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const across = (x + y) % SIDE;
      const colour = across < 3 ? DARK : across < 5 ? PALE : null;
      if (colour) data.set(colour, (y * SIDE + x) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

export function areaOf(bounds: Bounds): Feature<Polygon> {
  const [west, south, east, north] = unwrapped(bounds);
  const [low, high] = [south, north].map(lat => Math.max(-MOST_NORTHERN, Math.min(MOST_NORTHERN, lat)));
  const [s, n] = [low ?? south, high ?? north];
  const ring = [[west, s], [east, s], [east, n], [west, n], [west, s]];
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** The hatched area of one entry. */
export class Hatch {
  private readonly area: string;
  private readonly edge: string;
  private shown = false;

  constructor(
    private readonly map: GlMap,
    id: string,
  ) {
    this.area = `${id}/area`;
    this.edge = `${id}/edge`;
  }

  get layers(): string[] {
    return this.shown ? [this.area, this.edge] : [];
  }

  show(bounds: Bounds, visible: boolean): void {
    const { map, area, edge } = this;
    if (!this.shown) {
      if (!map.hasImage(IMAGE)) map.addImage(IMAGE, hatchImage(), { pixelRatio: RATIO });
      map.addSource(area, { type: 'geojson', data: areaOf(bounds) });
      map.addLayer({ id: area, type: 'fill', source: area, paint: { 'fill-pattern': IMAGE } });
      const paint = { 'line-color': '#46545f', 'line-width': 1.5, 'line-dasharray': [3, 2] };
      map.addLayer({ id: edge, type: 'line', source: area, paint });
      this.shown = true;
    }
    for (const id of this.layers) map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
  }

  remove(): void {
    for (const id of this.layers) this.map.removeLayer(id);
    if (this.shown) this.map.removeSource(this.area);
    this.shown = false;
  }
}
