import { expect, test } from 'vitest';

import world from '../../src/assets/world.json';
import { placeAt } from '../../src/interface/order';
import { gradient } from '../../src/interface/legend_panel';
import { stepped } from '../../src/interface/swipe';
import { pointQuery } from '../../src/interface/values_panel';
import { graticule, landOf, positions } from '../../src/map/outline';
import { newEntry } from '../../src/model/state';

test('steps of hundredths of a degree become positions', () => {
  expect(positions([1000, -500, 25, 10])).toEqual([[10, -5], [10.25, -4.9]]);
  expect(positions([])).toEqual([]);
});

test('every outline of land is a closed ring on the globe', () => {
  for (const { geometry } of landOf(world).features) {
    const ring = geometry.coordinates[0] ?? [];
    expect(ring[0]).toEqual(ring[ring.length - 1]);
    expect(ring.every(([lon = 999, lat = 999]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90)).toBe(true);
  }
});

test('the graticule has each meridian once', () => {
  const lines = graticule(30).features;

  expect(lines.filter(line => line.geometry.coordinates[0]?.[1] === -85)).toHaveLength(12);
});

test('stops of a legend stand where their values stand', () => {
  const entries = [
    { value: 0, color: '#000000' },
    { value: 1, color: '#888888' },
    { value: 10, color: '#ffffff' },
  ];

  expect(gradient(entries)).toBe(
    'linear-gradient(to right, #000000 0.00%, #888888 10.00%, #ffffff 100.00%)',
  );
});

test('a legend of one value is no division by zero', () => {
  expect(gradient([{ value: 5, color: '#112233' }])).toBe('linear-gradient(to right, #112233 0.00%)');
});

test('a dropped layer belongs before the first card whose middle lies below the pointer', () => {
  const cards = [{ top: 0, bottom: 100 }, { top: 100, bottom: 200 }];

  expect([10, 60, 140, 170].map(y => placeAt(y, cards))).toEqual([0, 1, 1, 2]);
  expect(placeAt(5, [])).toBe(0);
});

test('the divider stays on the map and leaves other keys alone', () => {
  expect(stepped(0.99, 'ArrowRight')).toBe(1);
  expect(stepped(0.5, 'Home')).toBe(0);
  expect(stepped(0.5, 'Tab')).toBeNull();
});

test('values are asked with the words that decide them, not with those of colour', () => {
  const entry = { ...newEntry([], 'a'), query: { time: '2018', colormap: 'blues', bands: '2' } };

  expect(pointQuery(entry, 12.3456789, -4)).toEqual({
    lon: '12.345679',
    lat: '-4.000000',
    time: '2018',
    bands: '2',
  });
});
