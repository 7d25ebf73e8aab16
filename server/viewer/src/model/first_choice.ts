// Which layers a reader sees who has chosen none: one place, its picture below, its findings above.

import type { Bounds, LayerSummary } from './api';
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

// From the ground up.
const HEIGHTS = ['imagery', 'elevation', 'continuous', 'categorical', 'mask'];
const LOWEST_FINDING = HEIGHTS.indexOf('categorical');

const height = ({ raster_kind }: LayerSummary): number => HEIGHTS.indexOf(raster_kind ?? '');

/**
 * Findings above, pictures below. Only findings and the lowest picture are visible: what lies between would
 * cover the picture wholly.
 */
export function arranged(layers: LayerSummary[]): Entry[] {
  const order = [...layers].sort((a, b) => height(b) - height(a));
  const bottom = order[order.length - 1];
  return order.reduce<Entry[]>((all, layer) => {
    const visible = layer === bottom || height(layer) >= LOWEST_FINDING;
    return [...all, { ...newEntry(all, layer.id), visible }];
  }, []);
}
