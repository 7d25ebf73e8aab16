import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { bodyOf, type Report } from '../../src/report/body';
import { numberOf, pairOf, placeOf } from '../../src/report/place';
import { pixelOf, placeAt } from '../../src/report/projection';
import { words as ar } from '../../src/report/words/ar';
import { words as en } from '../../src/report/words/en';
import { words as es } from '../../src/report/words/es';
import { words as fr } from '../../src/report/words/fr';
import { words as my } from '../../src/report/words/my';
import { words as uk } from '../../src/report/words/uk';

const report: Report = {
  place: { lon: 36.29, lat: 33.51 },
  title: 'Bridge gone',
  description: '',
  category: 'road',
  time: '2026-01-02T03:04:00.000Z',
  severity: 'severe',
  sensitivity: '',
  website: '',
};
const photo = { name: 'me-at-home.jpg', type: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]).buffer };
const textOf = (bytes: ArrayBuffer): string => new TextDecoder('latin1').decode(bytes);

test('numbers are read in the digits of every language', () => {
  expect(['33.51', ' 33,51 ', '٣٣٫٥١', '۳۳٫۵۱', '၃၃.၅၁', '33.51°'].map(numberOf)).toEqual(Array(6).fill(33.51));
  expect(numberOf('−7')).toBe(-7);
  expect(['', '-', '1.2.3', '12e3', 'NaN', '33 51'].map(numberOf)).toEqual(Array(6).fill(NaN));
});

test('a place is only one that is on the earth', () => {
  expect(placeOf('33.51', '36.29')).toEqual({ lat: 33.51, lon: 36.29 });
  expect(placeOf('90', '-180')).toEqual({ lat: 90, lon: -180 });
  expect([placeOf('91', '0'), placeOf('0', '181'), placeOf('', '5')]).toEqual([null, null, null]);
});

test('what maps write as one text is taken apart, latitude first', () => {
  expect(pairOf('33.51, 36.29')).toEqual(['33.51', '36.29']);
  expect(pairOf('33.51,36.29')).toEqual(['33.51', '36.29']);
  expect(pairOf('33,51 36,29')).toEqual(['33,51', '36,29']);
  expect(pairOf('33,51')).toBeNull();
  expect(pairOf('33.51')).toBeNull();
});

test('a report without photos is a short form that says nothing but what was said', () => {
  const { type, bytes } = bodyOf(report, [], 'k');

  expect(type).toBe('application/x-www-form-urlencoded');
  expect(textOf(bytes)).toBe(
    'lon=36.29&lat=33.51&title=Bridge+gone&category=road&time=2026-01-02T03%3A04%3A00.000Z&severity=severe',
  );
});

test('a report with photos is a form, equal at every attempt, without the names of files', () => {
  const { type, bytes } = bodyOf(report, [photo], '00ff');
  const text = textOf(bytes);

  expect(type).toBe('multipart/form-data; boundary=relief-00ff');
  expect(text).toContain('name="lon"\r\n\r\n36.29\r\n');
  expect(text).toContain('name="photo"; filename="photo-1"\r\nContent-Type: image/jpeg\r\n\r\n\x01\x02\x03\r\n');
  expect(text.endsWith('--relief-00ff--\r\n')).toBe(true);
  expect(text).not.toContain('me-at-home');
  expect(textOf(bodyOf(report, [photo], '00ff').bytes)).toBe(text);
});

test('pixels of the small map are places and back', () => {
  // The north-western corner of tile 14/9786/6557, by the formula of OpenStreetMap's wiki, "Slippy map tilenames".
  const { x, y } = pixelOf({ lon: 35.0244140625, lat: 33.779147331 }, 14);
  expect([x / 256, y / 256].map(value => Number(value.toFixed(3)))).toEqual([9786, 6557]);

  const { lon, lat } = placeAt(pixelOf({ lon: -179.9, lat: -84 }, 7.5), 7.5);
  expect([lon, lat].map(value => Number(value.toFixed(6)))).toEqual([-179.9, -84]);
  expect(placeAt({ x: 256 * 1.25, y: 128 }, 0).lon).toBe(-90); // once around
});

const parts = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(one => one[0]).sort();

test.each(Object.entries({ ar, es, fr, my, uk }))('the form in %s says everything, with the same parts', (_, words) => {
  for (const [word, text] of Object.entries(en)) {
    const said = words[word as keyof typeof en];
    expect(said.trim(), word).not.toBe('');
    expect(parts(said), word).toEqual(parts(text));
  }
});

test('the page says in English what the dictionary says, before and without its script', () => {
  const page = readFileSync(new URL('../../report.html', import.meta.url), 'utf8').replace(/\s+/g, ' ');
  const said = [...page.matchAll(/data-word="(\w+)"[^>]*>\s*([^<]+?)\s*</g)];

  expect(said.length).toBeGreaterThan(30);
  for (const [, word, text] of said) {
    // Without the script the browser sends who is signed in: the last sentence is not said then.
    const whole = en[word as keyof typeof en];
    if (word === 'seenBy') expect(whole.startsWith(text as string)).toBe(true);
    else expect(text, word).toBe(whole);
  }
});
