import { expect, test } from 'vitest';

import { readHash, writeHash } from '../../src/model/hash';
import type { Entry, State } from '../../src/model/state';

const entry = (change: Partial<Entry>): Entry => ({
  key: change.id ?? 'a',
  id: 'a',
  visible: true,
  opacity: 1,
  side: 'both',
  query: {},
  ...change,
});

test('a state survives the address bar', () => {
  const state: State = {
    camera: { lon: 12.25, lat: -45.5, zoom: 9.5, bearing: 30 },
    entries: [
      entry({ id: 'flood', opacity: 0.6, side: 'after', query: { rescale: '0,3', colormap: 'blues' } }),
      entry({ id: 'scene', visible: false, query: { expression: '(b4-b3)/(b4+b3)' } }),
    ],
    time: '2018-11-02T10:00:00Z',
    base: 'base-dark',
    light: true,
    swipe: 0.4,
  };

  const { camera, entries, time, base, swipe, chosen } = readHash(writeHash(state));

  // Whether the line is thin belongs to the reader, not to the map.
  expect({ camera, entries, time, base, swipe, light: true }).toEqual(state);
  expect(chosen).toBe(true);
});

test('characters with a meaning in the address stay inside their value', () => {
  const expression = 'where(b1>0 & b2<1; b1=2)&x=#%+ é';
  const state: State = { camera: null, entries: [entry({ query: { expression } })], time: null, swipe: null, base: null, light: false };

  expect(readHash(writeHash(state)).entries[0]?.query).toEqual({ expression });
});

test('an address that a messenger has escaped once more is read all the same', () => {
  const state: State = { camera: null, entries: [entry({ query: { rescale: '0,3' } })], time: null, swipe: null, base: null, light: false };
  const escaped = writeHash(state).replace(/;/g, '%3B').replace('rescale=', 'rescale%3D');

  expect(readHash(escaped).entries).toEqual(state.entries);
});

test('an address without layers leaves the choice to the viewer, an empty list does not', () => {
  expect(readHash('#map=3/1/2').chosen).toBe(false);
  expect(readHash('#l=').chosen).toBe(true);
  expect(readHash('#l=').entries).toEqual([]);
});

test.each(['#map=a/b/c', '#map=3/91/0', '#map=99/0/0', '#map=', '#map=1/NaN/2', '#map=1/2'])(
  'a place that does not exist is no place: %s',
  hash => {
    expect(readHash(hash).camera).toBeNull();
  },
);

test.each(['#l=../etc', '#l=%3Cscript%3E', '#l=A', '#l=-x', `#l=${'a'.repeat(65)}`])(
  'what is no layer id is left out: %s',
  hash => {
    expect(readHash(hash).entries).toEqual([]);
  },
);

test('two entries of one layer get keys of their own', () => {
  expect(readHash('#l=a&l=a&l=a').entries.map(one => one.key)).toEqual(['a', 'a.2', 'a.3']);
});

test('a link cannot ask for more than fifty layers', () => {
  expect(readHash(`#${Array(80).fill('l=a').join('&')}`).entries).toHaveLength(50);
});

test('opacity and divider stay between nothing and all', () => {
  expect(readHash('#l=a;o=900').entries[0]?.opacity).toBe(1);
  expect(readHash('#l=a;o=-5').entries[0]?.opacity).toBe(0);
  expect(readHash('#l=a;o=x').entries[0]?.opacity).toBe(1);
  expect(readHash('#swipe=170').swipe).toBe(1);
});

test('a broken percent sign does not break the page', () => {
  expect(readHash('#l=a;q.expression=%E0%A4%A&map=%').entries).toHaveLength(1);
});

test.each(['yesterday', '2018-99', '2018-11-02Tx', ''])('a time that is none is left out: "%s"', text => {
  expect(readHash(`#l=a&time=${text}`).time).toBeNull();
});
