import { expect, test } from 'vitest';

import { keyed } from '../../src/interface/time_track';
import { areaOf, hatchImage } from '../../src/map/hatch';
import type { Book } from '../../src/model/book';
import { beginOf, endOf, indexAt, observationAt, shareOf, tickAt, ticksOf } from '../../src/model/moments';
import { Store, type Entry } from '../../src/model/state';
import { Timeline } from '../../src/model/timeline';

const at = (text: string): number => Date.parse(text);
const TIMES = ['2018-10-01T00:00:00Z', '2018-10-31T10:00:00Z', '2019-10-01T00:00:00Z'];

test('a day, a month and a year are over at their last millisecond', () => {
  expect(endOf('2018-11-02')).toBe(at('2018-11-02T23:59:59.999Z'));
  expect(endOf('2020-02')).toBe(at('2020-02-29T23:59:59.999Z'));
  expect(endOf('2018-12')).toBe(at('2018-12-31T23:59:59.999Z'));
  expect(endOf('2018')).toBe(at('2018-12-31T23:59:59.999Z'));
  expect(endOf('2018-11-02T10:00:00Z')).toBe(at('2018-11-02T10:00:00Z'));
});

test.each(['', 'soon', '12/11/2018', '2018-13', '2018-11-40', '2018-11-02Tx'])('"%s" is no moment', text => {
  expect(endOf(text)).toBeNull();
});

test('a moment shows the newest observation that is not after it', () => {
  expect(observationAt(TIMES, at('2018-10-31T10:00:00Z'))).toBe(TIMES[1]);
  expect(observationAt(TIMES, at('2018-10-31T09:59:59Z'))).toBe(TIMES[0]);
  expect(observationAt(TIMES, at('2030-01-01'))).toBe(TIMES[2]);
  expect(observationAt(TIMES, at('2018-09-30'))).toBeNull();
  expect(observationAt([], 0)).toBeNull();
  expect(indexAt(TIMES, at('2018-09-30'))).toBe(-1);
});

test('the moments of several layers make one line, each once', () => {
  expect(ticksOf([TIMES, ['2018-10-31T10:00:00.000Z', '2018-11-05T00:00:00Z', 'unknown']])).toEqual([
    TIMES[0],
    TIMES[1],
    '2018-11-05T00:00:00Z',
    TIMES[2],
  ]);
});

test('an interval is from the begin of its first side to the end of its last', () => {
  expect(beginOf('2018-11/2018-12-05')).toBe(at('2018-11-01'));
  expect(endOf('2018-11/2018-12')).toBe(at('2018-12-31T23:59:59.999Z'));
  expect(endOf('2018/2019/2020')).toBeNull();
  expect(endOf('soon/2019')).toBeNull();
});

test('a year that is an observation is found beside its months', () => {
  const times = ['1985', '1985-03', '1986'];
  const mixed = ticksOf([['1985-03', '1986', '1985'], ['1985-01']]);

  expect(mixed).toEqual(['1985-01', '1985', '1985-03', '1986']);
  expect(observationAt(times, endOf('1985') ?? 0, '1985')).toBe('1985');
  expect(observationAt(times, endOf('1985-07') ?? 0, '1985-07')).toBe('1985-03');
});

test('ticks stand at their true distance in time', () => {
  // 30 of 365 days and 10 hours: hand calculation.
  expect(shareOf(TIMES, at(TIMES[1] as string))).toBeCloseTo(30.4167 / 365, 5);
  expect(shareOf(TIMES, at('2000-01-01'))).toBe(0);
  expect(shareOf(TIMES, at('2050-01-01'))).toBe(1);
  expect(tickAt(TIMES, 0.06)).toBe(1);
  expect(tickAt(TIMES, 0.03)).toBe(0);
  expect(tickAt(TIMES, 0.6)).toBe(2);
});

test('keys step from observation to observation; where the page runs to the left, so does time', () => {
  const clock = { ticks: TIMES, moment: at(TIMES[1] as string), begin: 0, knob: 0, index: 1, newest: false };

  expect(keyed(clock, 'ArrowRight', 'ltr')).toBe(2);
  expect(keyed(clock, 'ArrowRight', 'rtl')).toBe(0);
  expect(keyed(clock, 'ArrowUp', 'rtl')).toBe(2);
  expect(keyed(clock, 'Home', 'ltr')).toBe(0);
  expect(keyed(clock, 'End', 'ltr')).toBe(2);
  expect(keyed({ ...clock, index: 2 }, 'ArrowRight', 'ltr')).toBe(2);
  expect(keyed(clock, 'a', 'ltr')).toBeNull();
});

const entry = (id: string, query = {}): Entry => ({ key: id, id, visible: true, opacity: 1, side: 'both', query });

function timelineOf(times: Record<string, string[]>, entries: Entry[], time: string | null, observed: string | null = null): Timeline {
  const layer = (id: string): object => ({ id, times: times[id] });
  const book = { layer, page: () => ({ observed }) } as unknown as Book;
  return new Timeline(new Store({ camera: null, entries, time, swipe: null, base: null, light: false }), book);
}

test('there is no clock until a visible layer has several observations', () => {
  const times = { one: ['2018-10-01T00:00:00Z'], many: TIMES };

  expect(timelineOf(times, [entry('one')], '2018').clock()).toBeNull();
  expect(timelineOf(times, [{ ...entry('many'), visible: false }], null).clock()).toBeNull();
  expect(timelineOf(times, [entry('many', { time: '2018' })], null).clock()).toBeNull();
  expect(timelineOf(times, [entry('one'), entry('many')], null).clock()).toMatchObject({ index: 2, newest: true });
});

test('without a chosen moment every layer is asked for without a time', () => {
  const one = entry('many');

  expect(timelineOf({ many: TIMES }, [one], null).sight(one)).toEqual({ entry: one, observed: TIMES[2], missing: false, behind: 0 });
});

test('one clock serves all layers: each shows its own observation, and how far behind it is', () => {
  const times = { many: TIMES, late: ['2018-11-05T00:00:00Z'], timeless: [] };
  const entries = ['many', 'late', 'timeless'].map(id => entry(id));
  const [many, late, timeless] = entries as [Entry, Entry, Entry];
  const november = timelineOf(times, entries, '2018-11-05T00:00:00Z');
  const october = timelineOf(times, entries, '2018-10-31T10:00:00Z');

  expect(november.sight(many)).toMatchObject({ observed: TIMES[1], behind: (4 * 24 + 14) * 3_600_000 });
  expect(november.sight(many).entry.query).toEqual({ time: TIMES[1] });
  expect(november.sight(late)).toMatchObject({ missing: false, behind: 0 });
  expect(october.sight(late)).toMatchObject({ missing: true, observed: null });
  expect(october.sight(timeless)).toMatchObject({ missing: false, observed: null, entry: timeless });
  expect(october.sight(late, '2019').missing).toBe(false);
  // Of the chosen day is not before it.
  expect(timelineOf(times, entries, '2018-10-31').sight(many)).toMatchObject({ observed: TIMES[1], behind: 0 });
});

test('an observation of a year is not before a day in it, and its tick is where the year begins', () => {
  const times = { yearly: ['1985', '1986'], daily: ['1985-03-02', '1986-05-01'] };
  const entries = [entry('yearly'), entry('daily')];
  const [yearly, daily] = entries as [Entry, Entry];
  const march = timelineOf(times, entries, '1985-03-02');

  expect(march.sight(yearly)).toMatchObject({ observed: '1985', behind: 0 });
  expect(march.sight(daily)).toMatchObject({ observed: '1985-03-02', behind: 0 });
  const year = timelineOf(times, entries, '1986').clock();
  expect(year).toMatchObject({ index: 2, knob: at('1986-01-01'), moment: at('1986-12-31T23:59:59.999Z') });
});

test('a mosaic is asked for all scenes until the moment', () => {
  const one = entry('scenes');
  const book = { layer: () => ({ id: 'scenes', kind: 'mosaic', times: TIMES }) } as unknown as Book;
  const store = new Store({ camera: null, entries: [one], time: '2018', swipe: null, base: null, light: false });

  expect(new Timeline(store, book).sight(one)).toMatchObject({ observed: TIMES[1], entry: { query: { time: `../${TIMES[1]}` } } });
});

test('a layer with a time of its own does not follow the clock; the server tells what that time means', () => {
  const pinned = entry('many', { time: '2018-10' });
  const entries = [pinned, { ...entry('many'), key: 'many.2' }];

  expect(timelineOf({ many: TIMES }, entries, '2019', TIMES[1]).sight(pinned)).toMatchObject({ entry: pinned, observed: TIMES[1] });
  expect(timelineOf({ many: TIMES }, entries, '2019', 'none').sight(pinned)).toMatchObject({ missing: true });
});

test('the hatch has lines and gaps and repeats without a seam', () => {
  const { width, height, data } = hatchImage();
  const alpha = (x: number, y: number): number => data[(y * width + x) * 4 + 3] ?? 0;

  expect(alpha(0, 0)).toBeGreaterThan(0);
  expect(alpha(width / 2, 0)).toBe(0);
  for (let y = 1; y < height; y++) expect(alpha(width - 1, y)).toBe(alpha(0, (y + width - 1) % height));
});

test('the hatched area is one piece over the antimeridian and ends where the map does', () => {
  const ring = areaOf([170, -90, -170, 90]).geometry.coordinates[0] ?? [];

  expect(ring.map(([lon]) => lon)).toEqual([170, 190, 190, 170, 170]);
  expect(Math.max(...ring.map(([, lat]) => lat ?? 0))).toBeLessThan(85.06);
});
