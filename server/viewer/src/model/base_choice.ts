// Which base map lies under the layers: the reader's choice, else what suits the theme.

import type { StyleSummary } from './api';
import { OUTLINE } from './state';

/** Maps without a subject of their own, whose layers this server has. */
export const isGround = ({ subject, layers }: StyleSummary): boolean => !subject && layers.length > 0;

/** The layers that base maps are made of. */
export function groundLayers(styles: readonly StyleSummary[]): Set<string> {
  return new Set(styles.filter(isGround).flatMap(({ layers }) => layers));
}

/** Styles that a reader may lay under the layers: base maps first, then maps of a subject that is here. */
export function offeredBases(styles: readonly StyleSummary[]): StyleSummary[] {
  const shown = ({ subject, layers }: StyleSummary): boolean => Boolean(subject && layers.includes(subject));
  return [...styles.filter(isGround), ...styles.filter(shown)];
}

/** Null: the outline that the page brings along. */
export function baseOf(
  styles: readonly StyleSummary[],
  choice: string | null,
  theme: 'light' | 'dark',
): StyleSummary | null {
  if (choice === OUTLINE) return null;
  const chosen = choice === null ? undefined : styles.find(({ id }) => id === choice);
  if (chosen) return chosen;
  return styles.find(style => style.id === `base-${theme}` && isGround(style)) ?? null;
}
