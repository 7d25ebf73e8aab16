import { expect, test } from 'vitest';

import type { Bounds, LayerSummary } from '../../src/model/api';
import { arranged, atOnePlace } from '../../src/model/first_choice';

function layer(id: string, bounds: Bounds, raster_kind = 'continuous'): LayerSummary {
  return { id, title: id, kind: 'raster', raster_kind, bounds, minzoom: 0, maxzoom: 14 };
}

const flood: Bounds = [-1, 38, -0.8, 38.2];
const island: Bounds = [169, -20, 170, -19];

test('the place with most layers is shown, not the first of the list', () => {
  const layers = [layer('a', island), layer('b', flood), layer('c', flood)];

  expect(atOnePlace(layers).map(one => one.id)).toEqual(['b', 'c']);
});

test('places on both sides of the antimeridian are not one place', () => {
  const layers = [layer('east', [170, -20, 175, -10]), layer('over', [178, -20, -178, -10])];

  expect(atOnePlace(layers)).toHaveLength(1);
});

test('without layers there is no place', () => {
  expect(atOnePlace([])).toEqual([]);
  expect(arranged([])).toEqual([]);
});

test('a finding lies above its picture, and what would hide the picture is not visible yet', () => {
  const entries = arranged([
    layer('scene', flood, 'imagery'),
    layer('index', flood),
    layer('mask', flood, 'mask'),
  ]);

  expect(entries.map(one => [one.id, one.visible])).toEqual([
    ['mask', true],
    ['index', false],
    ['scene', true],
  ]);
});

test('a single layer is visible, whatever it is', () => {
  expect(arranged([layer('terrain', island, 'elevation')]).map(one => one.visible)).toEqual([true]);
});
