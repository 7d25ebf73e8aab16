import { expect, test } from 'vitest';

import { ar } from '../../src/words/ar';
import { en, type Word } from '../../src/words/en';
import { es } from '../../src/words/es';
import { fr } from '../../src/words/fr';
import { my } from '../../src/words/my';
import { uk } from '../../src/words/uk';
import { legendText } from '../../src/interface/legend_words';
import { languageFor } from '../../src/words/languages';
import { instantOf, Words } from '../../src/words/words';

const parts = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(one => one[0]).sort();

test.each(Object.entries({ ar, es, fr, my, uk }))('%s says everything, with the same parts', (_, words) => {
  for (const [word, text] of Object.entries(en)) {
    const said = words[word as Word];
    expect(said.trim(), word).not.toBe('');
    expect(parts(said), word).toEqual(parts(text));
  }
});

test('the first wish with a dictionary is followed, else English', () => {
  expect(languageFor(['de-DE', 'uk-UA', 'en'])).toBe('uk');
  expect(languageFor([null, undefined, 'constructor', 'tlh'])).toBe('en');
});

test('Arabic runs from right to left', () => {
  expect(new Words('ar').direction).toBe('rtl');
  expect(new Words('my').direction).toBe('ltr');
});

test('ages are rounded down to the largest unit that fits', () => {
  const words = new Words('en');
  const now = new Date('2020-03-10T12:00:00Z');

  expect(words.age('2018-10-31', now)).toBe('last year');
  expect(words.age('2020-03-07T11:00:00Z', now)).toBe('3 days ago');
  expect(words.age('2020-03-10T09:30:00Z', now)).toBe('2 hours ago');
  expect(words.age('unknown', now)).toBe('');
});

test('a span is said in the plural that its number asks for', () => {
  const days = (language: string, count: number): string => new Words(language).span(count * 86_400_000);

  expect([1, 13].map(count => days('en', count))).toEqual(['1 day', '13 days']);
  // Plural rules of CLDR: one, few, many.
  expect([1, 2, 5].map(count => days('uk', count))).toEqual(['1 день', '2 дні', '5 днів']);
  expect(days('ar', 2)).toBe('يومان');
  expect(days('en', 730)).toBe('2 years');
  expect(new Words('fr').span(90 * 60_000)).toMatch(/^1\sheure$/);
});

test('a year and a month are shown as no more than that', () => {
  const words = new Words('en');
  const now = new Date('2020-03-10T12:00:00Z');

  expect(words.date('1985')).toBe('1985');
  expect(words.date('1985-03')).toBe('March 1985');
  expect(words.date('1985/1986-02')).toBe('1985 – February 1986');
  expect(words.age('2020', now)).toBe('this year');
  expect(words.age('2019-12', now)).toBe('3 months ago');
  expect(words.age('1985-11', now)).toBe('35 years ago');
});

test('what is no date is shown as it was written', () => {
  expect(new Words('en').dated('autumn 2018', new Date())).toBe('autumn 2018');
  expect(instantOf('12/11/2018')).toBeNull();
  expect(instantOf('2018-99')).toBeNull();
});

test('a day without a time is shown without one', () => {
  expect(new Words('en').date('2018-11-02')).toBe('Nov 2, 2018');
});

test('parts that were not given stay visible instead of becoming "undefined"', () => {
  expect(new Words('en').say('hide')).toBe('Hide {title}');
});

test('what the server says in legends is said in the language of the page, names stay as they are', () => {
  const french = new Words('fr');

  expect(legendText('red: band 3, 0 to 2500.5', french)).toBe('Rouge: Bande 3, 0 – 2\u202f500,5');
  expect(legendText('red: B4 near, or far, 0 to 1', french)).toBe('Rouge: B4 near, or far, 0 – 1');
  expect(legendText('Camps: below 1000', french)).toBe('Camps: moins de 1\u202f000');
  expect(legendText('10 to 20', french)).toBe('10 – 20');
  expect(legendText('Share: other', french)).toBe('Share: autre');
  expect(legendText('Areas', french)).toBe('Surfaces');
  expect(legendText('marked', french)).toBe('marqué');
  expect(legendText('in part (seen from afar)', french)).toBe('en partie (vu de loin)');
  expect(legendText('Road to town', french)).toBe('Road to town');
  expect(legendText('constructor', french)).toBe('constructor');
});
