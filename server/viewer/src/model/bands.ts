// What can be asked of a layer's bands.

import type { Band } from './api';

export interface Formula {
  name: string;
  expression: string;
}

type Role = 'red' | 'green' | 'nir' | 'swir';

// Words by which producers name bands. Numbers are not among them: "B5" is near infrared for Landsat 8 and
// red edge for Sentinel-2.
const ROLES: Record<Role, RegExp> = {
  red: /\bred\b(?!.?edge)/i,
  green: /\bgreen\b/i,
  nir: /\bnir\b|near.?infra.?red/i,
  swir: /swir.?2|short.?wave.?infra.?red.?2|\bswir\b/i,
};

function withRole(bands: Band[], role: Role): number | null {
  return bands.find(band => ROLES[role].test(band.title ?? ''))?.band ?? null;
}

const difference = (a: number, b: number): string => `(b${a}-b${b})/(b${a}+b${b})`;

/** The usual normalised differences, for those bands that say what they are. */
export function formulas(bands: Band[]): Formula[] {
  const pairs: [string, Role, Role][] = [
    ['NDVI', 'nir', 'red'],
    ['NDWI', 'green', 'nir'],
    ['MNDWI', 'green', 'swir'],
    ['NBR', 'nir', 'swir'],
  ];
  return pairs.flatMap(([name, one, other]) => {
    const a = withRole(bands, one);
    const b = withRole(bands, other);
    return a === null || b === null ? [] : [{ name, expression: difference(a, b) }];
  });
}

/** How many values a pixel has under these words: only one can be given a colour map. */
export function outputs(query: Record<string, string>, bandCount: number): number {
  if (query['algorithm']) return 1;
  if (query['expression']) return query['expression'].split(';').length;
  if (query['bands']) return query['bands'].split(',').length;
  return bandCount >= 3 ? 3 : 1;
}

/** "0,3000" from two inputs; null when either is no number. */
export function rescaleOf(low: string, high: string): string | null {
  const numbers = [low, high].map(text => (text.trim() === '' ? NaN : Number(text)));
  return numbers.every(Number.isFinite) ? numbers.join(',') : null;
}

// Names that matplotlib, ColorBrewer and TiTiler share; the server knows more, the address accepts them all.
export const COLORMAPS: readonly string[] = [
  'viridis', 'magma', 'inferno', 'plasma', 'cividis', 'turbo', 'gray', 'terrain', 'gist_earth',
  'blues', 'greens', 'oranges', 'reds', 'purples', 'ylgnbu', 'ylorrd', 'ylorbr', 'bupu', 'pubugn',
  'rdylgn', 'rdylbu', 'rdbu', 'brbg', 'piyg', 'spectral', 'coolwarm', 'seismic', 'jet', 'hot',
];
