// What the small map shows: tiles that the server draws, else the outline of the world.

import type { Position } from 'geojson';

import type { StyleSummary } from '../model/api';
import { baseOf } from '../model/base_choice';
import { address } from '../model/problem';
import { keptTheme, themeOf } from '../preferences';

export type Ground = { template: string } | { land: Position[][]; borders: Position[][] };

/** Under the name that this page was opened by, whatever the server calls itself. */
const templateOf = ({ tiles }: StyleSummary): string =>
  address('.') + tiles.slice(tiles.indexOf('/styles/') + 1).replace('.png', '.webp');

async function baseStyle(): Promise<StyleSummary | null> {
  try {
    const answer = await fetch(address('styles'), { credentials: 'omit' });
    const { styles = [] } = (await answer.json()) as { styles?: StyleSummary[] };
    return baseOf(styles, null, themeOf(keptTheme()));
  } catch {
    return null;
  }
}

export async function findGround(): Promise<Ground> {
  const style = await baseStyle();
  if (style) return { template: templateOf(style) };
  const [{ default: world }, { positions }] = await Promise.all([import('../assets/world.json'), import('../map/outline')]);
  return { land: world.land.map(positions), borders: world.borders.map(positions) };
}
