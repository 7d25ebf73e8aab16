// Which layers a reader sees who has chosen none: one place, its picture below, its findings above.

import type { Bounds, LayerDetail, LayerSummary } from './api';
import { newEntry, type Entry } from './state';
import { unwrapped } from './tiles';

const MOST = 6;

function meet(one: Bounds, other: Bounds): boolean {
  const a = unwrapped(one);
  const b = unwrapped(other);
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** The layers around the place that most layers show. */
export function atOnePlace(layers: LayerSummary[]): LayerSummary[] {
  const groups = layers.map(one => layers.filter(other => meet(one.bounds, other.bounds)));
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best), []);
  return largest.slice(0, MOST);
}

/** 0: a colour picture … 3: one band of small whole numbers, as masks and classes are. */
function height({ bands = [] }: LayerDetail): number {
  if (bands.length >= 3) return 0;
  if (bands.length === 2) return 1;
  return /^(u?int8|[ui]8|byte)$/i.test(bands[0]?.type ?? '') ? 3 : 2;
}

/**
 * Findings above, pictures below. Only findings and the lowest picture are visible: what lies between would
 * cover the picture wholly.
 */
export function arranged(details: LayerDetail[]): Entry[] {
  const order = [...details].sort((a, b) => height(b) - height(a));
  const bottom = order[order.length - 1];
  return order.reduce<Entry[]>((all, layer) => {
    const visible = layer === bottom || height(layer) === 3;
    return [...all, { ...newEntry(all, layer.id), visible }];
  }, []);
}
