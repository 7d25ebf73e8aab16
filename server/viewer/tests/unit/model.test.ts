import { expect, test } from 'vitest';

import { formulas, outputs, rescaleOf } from '../../src/model/bands';
import { choiceOf, queryOf, withAlgorithm, withView } from '../../src/model/choice';
import { textOf, valuesOf } from '../../src/model/parameters';
import { duplicated, moved, newEntry, withSides, type Entry } from '../../src/model/state';
import { around, contains, forScreen, onThisServer, wrapped } from '../../src/model/tiles';

const three: Entry[] = ['a', 'b', 'c'].reduce<Entry[]>((all, id) => [...all, newEntry(all, id)], []);
const keys = (entries: Entry[]): string => entries.map(entry => entry.key).join('');

test('a moved layer keeps the order of the others', () => {
  expect(keys(moved(three, 'c', 0))).toBe('cab');
  expect(keys(moved(three, 'a', 1))).toBe('bac');
});

test('places outside the list mean its ends, unknown layers change nothing', () => {
  expect(keys(moved(three, 'b', -4))).toBe('bac');
  expect(keys(moved(three, 'b', 99))).toBe('acb');
  expect(keys(moved(three, 'x', 0))).toBe('abc');
});

test('a copy lies directly above its original and shares nothing with it', () => {
  const copies = duplicated(three, 'b');

  expect(copies.map(one => one.key)).toEqual(['a', 'b.2', 'b', 'c']);
  expect(copies[1]?.query).not.toBe(copies[2]?.query);
});

test('comparing begins with the uppermost visible layer as "after"', () => {
  const hidden = three.map(one => (one.key === 'a' ? { ...one, visible: false } : one));

  expect(withSides(hidden).map(one => one.side)).toEqual(['both', 'after', 'both']);
});

test('comparing keeps sides that were chosen before', () => {
  const chosen = three.map(one => (one.key === 'c' ? { ...one, side: 'before' as const } : one));

  expect(withSides(chosen)).toBe(chosen);
});

test('tiles are asked from the server of the page, whatever name it gives itself', () => {
  const template = 'https://public.example/tiles/a/{z}/{x}/{y}.png?v=1&rescale=0,3';

  expect(onThisServer(template, 'http://10.0.0.5:8080/')).toBe(
    'http://10.0.0.5:8080/tiles/a/{z}/{x}/{y}.png?v=1&rescale=0,3',
  );
  expect(onThisServer(template, 'http://proxy/maps/?x=/y#z')).toBe(
    'http://proxy/maps/tiles/a/{z}/{x}/{y}.png?v=1&rescale=0,3',
  );
});

test('fine screens get tiles with twice the pixels, once', () => {
  expect(forScreen('/tiles/a/{z}/{x}/{y}.png', 2)).toBe('/tiles/a/{z}/{x}/{y}@2x.png');
  expect(forScreen('/tiles/a/{z}/{x}/{y}@2x.png', 2)).toBe('/tiles/a/{z}/{x}/{y}@2x.png');
  expect(forScreen('/tiles/a/{z}/{x}/{y}.png', 1)).toBe('/tiles/a/{z}/{x}/{y}.png');
});

test('boxes over the antimeridian are measured the short way', () => {
  expect(around([[177, -20, -178, -15]])).toEqual([177, -20, 182, -15]);
  expect(contains([177, -20, -178, -15], 179, -17)).toBe(true);
  expect(contains([177, -20, -178, -15], -179, -17)).toBe(true);
  expect(contains([177, -20, -178, -15], 0, -17)).toBe(false);
});

test('the box around several layers ends where Web Mercator ends; around none there is no box', () => {
  expect(around([[-180, -90, 180, 90], [0, 0, 1, 1]])).toEqual([-180, -85, 180, 85]);
  expect(around([])).toBeNull();
});

test('a longitude beyond the antimeridian comes back', () => {
  expect(wrapped(190)).toBe(-170);
  expect(wrapped(-540)).toBe(-180);
  expect(wrapped(12.5)).toBe(12.5);
});

test('formulas are offered only for bands that say what they are', () => {
  const bands = [
    { band: 1, title: 'Green' },
    { band: 2, title: 'Red edge' },
    { band: 3, title: 'Red' },
    { band: 4, title: 'Near infrared' },
  ];

  expect(formulas(bands)).toEqual([
    { name: 'NDVI', expression: '(b4-b3)/(b4+b3)' },
    { name: 'NDWI', expression: '(b1-b4)/(b1+b4)' },
  ]);
  expect(formulas([{ band: 5, title: 'B5' }])).toEqual([]);
});

test('a range needs two numbers', () => {
  expect(rescaleOf('-1', '1e3')).toBe('-1,1000');
  expect(rescaleOf('0', '')).toBeNull();
  expect(rescaleOf('low', '3')).toBeNull();
});

test('colours are asked for only where a pixel has one value', () => {
  expect(outputs({}, 4)).toBe(3);
  expect(outputs({ expression: 'b1;b2;b3' }, 4)).toBe(3);
  expect(queryOf({ ...choiceOf({}), colormap: 'blues' }, 3)).toEqual({});
  expect(queryOf({ ...choiceOf({}), colormap: 'blues' }, 1)).toEqual({ colormap: 'blues' });
});

test('choices and the words of an address are the same thing said twice', () => {
  const query = { time: '2018-11-02', bands: '4,3,2', rescale: '0,3000', resampling: 'nearest' };

  expect(queryOf(choiceOf(query), 4)).toEqual(query);
  expect(queryOf(choiceOf({ expression: 'b1*2' }), 1)).toEqual({ expression: 'b1*2' });
});

test('another view forgets the range of the old values', () => {
  const choice = withView(choiceOf({ rescale: '0,3000' }), 'band', [2, 3]);

  expect(queryOf(choice, 2)).toEqual({ bands: '2' });
});

test('an algorithm is a view of its own, with its parameters and the date it compares with', () => {
  const query = { algorithm: 'dnbr', algorithm_params: '{"scale":"db"}', against: '2018-10-01' };

  expect(choiceOf(query).view).toBe('algorithm');
  expect(queryOf(choiceOf(query), 6)).toEqual(query);
  expect(queryOf({ ...choiceOf(query), view: 'formula' }, 6)).toEqual({});
});

test('another algorithm begins anew', () => {
  const old = choiceOf({ algorithm: 'slope', algorithm_params: '{"unit":"percent"}', rescale: '0,90', resampling: 'cubic' });

  expect(queryOf(withAlgorithm(old, 'hillshade'), 1)).toEqual({ algorithm: 'hillshade', resampling: 'cubic' });
});

test('only parameters that differ from the algorithm’s own stand in the address', () => {
  const parameters = [
    { name: 'azimuth', meaning: '', default: 315 },
    { name: 'interval', meaning: '', default: null },
    { name: 'labels', meaning: '', choices: ['false', 'true'], default: 'true' },
  ];

  expect(textOf({ azimuth: '315', interval: ' ', labels: 'true' }, parameters)).toBe('');
  expect(textOf({ azimuth: '90', interval: '2.5', labels: 'false' }, parameters)).toBe(
    '{"azimuth":90,"interval":2.5,"labels":"false"}',
  );
  expect(textOf({ azimuth: 'north' }, parameters)).toBe('');
});

test('parameters of an address that make no sense are none', () => {
  expect(valuesOf('{"azimuth":90,"labels":false,"deep":{}}')).toEqual({ azimuth: '90', labels: 'false' });
  for (const text of ['', '{', '[1]', 'null', '3']) expect(valuesOf(text)).toEqual({});
});
