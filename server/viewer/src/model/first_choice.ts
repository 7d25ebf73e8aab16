// Which layers a reader sees who has chosen none: one place, its picture below, its findings above.

import type { Bounds, Geometry, LayerSummary, StyleSummary } from './api';
import { groundLayers } from './base_choice';
import { newEntry, type Entry } from './state';
import { unwrapped } from './tiles';

const MOST = 6;

function meet(one: Bounds, other: Bounds): boolean {
  const a = unwrapped(one);
  const b = unwrapped(other);
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

const WORLDWIDE = 180; // degrees of longitude: no place of its own

/** Layers that are about something: not what a base map is made of, nor what covers the world, unless there is nothing else. */
export function findings(layers: LayerSummary[], styles: readonly StyleSummary[]): LayerSummary[] {
  const ground = groundLayers(styles);
  const own = layers.filter(({ id }) => !ground.has(id));
  const placed = own.filter(({ bounds }) => {
    const [west, , east] = unwrapped(bounds);
    return east - west < WORLDWIDE;
  });
  return placed.length ? placed : own;
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

const FEATURES: Geometry[] = ['area', 'line', 'point'];

function height({ raster_kind, geometries }: LayerSummary): number {
  const [smallest] = [...FEATURES].reverse().filter(kind => geometries?.includes(kind));
  return smallest ? HEIGHTS.length + FEATURES.indexOf(smallest) : HEIGHTS.indexOf(raster_kind ?? '');
}

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
