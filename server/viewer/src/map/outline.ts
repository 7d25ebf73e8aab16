// The world outline and the graticule: orientation without any other server and without letters on the map.

import type { Feature, FeatureCollection, LineString, Polygon, Position } from 'geojson';

export interface World {
  land: number[][];
  borders: number[][];
}

/** Steps of hundredths of a degree back to positions (see build/world.mjs). */
export function positions(steps: number[]): Position[] {
  const line: Position[] = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < steps.length; i += 2) {
    lon += steps[i] ?? 0;
    lat += steps[i + 1] ?? 0;
    line.push([lon / 100, lat / 100]);
  }
  return line;
}

const lineFeature = (coordinates: Position[]): Feature<LineString> => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'LineString', coordinates },
});

const landFeature = (ring: Position[]): Feature<Polygon> => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [ring] },
});

export function landOf(world: World): FeatureCollection<Polygon> {
  return {
    type: 'FeatureCollection',
    features: world.land.map(positions).filter(ring => ring.length > 3).map(landFeature),
  };
}

export function bordersOf(world: World): FeatureCollection<LineString> {
  return { type: 'FeatureCollection', features: world.borders.map(positions).map(lineFeature) };
}

/** Meridians and parallels every `step` degrees, up to the latitudes that Web Mercator shows. */
export function graticule(step: number): FeatureCollection<LineString> {
  const lines: Position[][] = [];
  for (let lon = -180; lon < 180; lon += step) lines.push([[lon, -85], [lon, 0], [lon, 85]]);
  for (let lat = -80; lat <= 80; lat += step) lines.push([[-180, lat], [0, lat], [180, lat]]);
  return { type: 'FeatureCollection', features: lines.map(lineFeature) };
}
