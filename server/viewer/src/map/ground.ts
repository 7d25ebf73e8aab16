// The ground on which layers lie, in the colours of the theme.

import type { ExpressionSpecification, Map as GlMap, StyleSpecification } from 'maplibre-gl';

import { address } from '../model/problem';
import world from '../assets/world.json';
import { bordersOf, graticule, landOf } from './outline';

export type Theme = 'light' | 'dark';

const COLOURS: Record<Theme, Record<'sea' | 'land' | 'coast' | 'border' | 'grid', string>> = {
  light: { sea: '#dce5ea', land: '#f3f2ec', coast: '#a9b8c1', border: '#c9c5b8', grid: '#c8d4db' },
  dark: { sea: '#0e151b', land: '#1b242c', coast: '#41525f', border: '#33404a', grid: '#1d2932' },
};

// An outline of 1:110 million is kilometres off. Where that would show, between these zooms, sea and land
// become one ground and the lines go.
const FADE = { from: 5.5, to: 7 };

const fading: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  FADE.from,
  1,
  FADE.to,
  0,
];

function seaColour(theme: Theme): ExpressionSpecification {
  const { sea, land } = COLOURS[theme];
  return ['interpolate', ['linear'], ['zoom'], FADE.from, sea, FADE.to, land];
}

export function groundStyle(theme: Theme): StyleSpecification {
  const colour = COLOURS[theme];
  return {
    version: 8,
    // Read when something has letters or icons to draw.
    glyphs: `${address('.')}fonts/{fontstack}/{range}.pbf`,
    // A picture of another time replaces the one before at once: a mixture of both never existed.
    transition: { duration: 0, delay: 0 },
    sources: {
      land: { type: 'geojson', data: landOf(world) },
      borders: { type: 'geojson', data: bordersOf(world) },
      grid: { type: 'geojson', data: graticule(10) },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': seaColour(theme) } },
      {
        id: 'land',
        type: 'fill',
        source: 'land',
        paint: { 'fill-color': colour.land },
      },
      {
        id: 'grid',
        type: 'line',
        source: 'grid',
        paint: { 'line-color': colour.grid, 'line-width': 0.75 },
      },
      {
        id: 'border',
        type: 'line',
        source: 'borders',
        paint: {
          'line-color': colour.border,
          'line-dasharray': [4, 2],
          'line-opacity': fading,
        },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'land',
        paint: {
          'line-color': colour.coast,
          'line-width': 0.8,
          'line-opacity': fading,
        },
      },
    ],
  };
}

const OUTLINE = ['land', 'grid', 'border', 'coast'];

/** The ground is there without the outline of the world while another map lies on it. */
export function showOutline(map: GlMap, shown: boolean): void {
  for (const id of OUTLINE) map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none');
}

export function paintGround(map: GlMap, theme: Theme): void {
  const colour = COLOURS[theme];
  map.setPaintProperty('sea', 'background-color', seaColour(theme));
  map.setPaintProperty('land', 'fill-color', colour.land);
  map.setPaintProperty('grid', 'line-color', colour.grid);
  map.setPaintProperty('border', 'line-color', colour.border);
  map.setPaintProperty('coast', 'line-color', colour.coast);
}
