// The words of the page in the reader's language, and numbers and dates as that language writes them.

import { ar } from './ar';
import { en, type Dictionary, type Word } from './en';
import { es } from './es';
import { fr } from './fr';
import { directionOf } from './languages';
import { my } from './my';
import { uk } from './uk';

export type { Word } from './en';

const ALGORITHMS = [
  'hillshade', 'multidirectional', 'slope', 'aspect', 'contours', 'terrainrgb', 'terrarium', 'ndvi', 'ndwi',
  'mndwi', 'nbr', 'ndbi', 'dnbr', 'logratio', 'difference', 'threshold',
] as const;

/** Whether the dictionaries name the algorithm; the server may know more. */
export const isAlgorithmWord = (name: string): name is (typeof ALGORITHMS)[number] =>
  (ALGORITHMS as readonly string[]).includes(name);

const DICTIONARIES = new Map<string, Dictionary>(Object.entries({ en, fr, es, ar, uk, my }));

const DAY = 86_400_000;
// Average lengths: an age is a feeling for "how old", not a calendar.
const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25 * DAY],
  ['month', 30.44 * DAY],
  ['day', DAY],
  ['hour', DAY / 24],
  ['minute', DAY / 1440],
];

/** How a year and a month are written, by the length of their ISO 8601 text. */
const COARSE: Readonly<Record<number, Intl.DateTimeFormatOptions>> = {
  4: { year: 'numeric' },
  7: { year: 'numeric', month: 'long' },
};

/** The moment of an ISO 8601 text, or of one that begins like it; null for anything else. */
export function instantOf(text: string): Date | null {
  if (!/^\d{4}(-\d{2}){0,2}/.test(text)) return null;
  const instant = new Date(text.split('/')[0] ?? '');
  return Number.isNaN(instant.getTime()) ? null : instant;
}

export class Words {
  private readonly dictionary: Dictionary;
  /** The language as the reader's country writes its dates and numbers, where the browser tells. */
  private readonly locale: string;

  constructor(
    readonly language: string,
    wishes: readonly string[] = [],
  ) {
    this.dictionary = DICTIONARIES.get(language) ?? en;
    this.locale = wishes.find(wish => wish.split('-')[0] === language) ?? language;
  }

  get direction(): 'ltr' | 'rtl' {
    return directionOf(this.language);
  }

  say(word: Word, parts: Record<string, string | number> = {}): string {
    return this.dictionary[word].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(parts[name] ?? whole),
    );
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale, { maximumSignificantDigits: 6 }).format(value);
  }

  percent(share: number): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent' }).format(share);
  }

  place(lon: number, lat: number): string {
    const degrees = new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: 4,
      maximumFractionDigits: 4,
    });
    return `${degrees.format(lat)}°, ${degrees.format(lon)}°`;
  }

  /** A day is written in UTC, as data is dated, a year or a month as no more than that; text that is no date stays as it is. */
  date(text: string): string {
    const instant = instantOf(text);
    if (!instant) return text;
    const sides = text.split('/');
    if (sides.length === 2) return sides.map(side => this.date(side)).join(' – ');
    const coarse = COARSE[text.length];
    if (coarse) return new Intl.DateTimeFormat(this.locale, { ...coarse, timeZone: 'UTC' }).format(instant);
    const options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeZone: 'UTC' };
    if (/T\d{2}:\d{2}/.test(text) && !/T00:00(:00)?/.test(text)) options.timeStyle = 'short';
    const written = new Intl.DateTimeFormat(this.locale, options).format(instant);
    // Browsers that lack the names of the months, as many do in Burmese, write "M09".
    return written.replace(/[ ]?\bM(\d{2})[ ](\d{1,2})\b/, (_, month: string, day: string) => `-${month}-${day.padStart(2, '0')}`);
  }

  /** Of a year or a month it is told in no smaller unit: "this year". */
  age(text: string, now: Date): string {
    const instant = instantOf(text);
    if (!instant) return '';
    const passed = instant.getTime() - now.getTime();
    const [unit, length] = UNITS.find(([, size]) => Math.abs(passed) >= size) ?? ['minute', 60_000];
    const relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
    const years = instant.getUTCFullYear() - now.getUTCFullYear();
    const months = 12 * years + instant.getUTCMonth() - now.getUTCMonth();
    if (/^\d{4}$/.test(text) || (/^\d{4}-\d{2}$/.test(text) && Math.abs(months) >= 12)) return relative.format(years, 'year');
    if (/^\d{4}-\d{2}$/.test(text)) return relative.format(months, 'month');
    return relative.format(Math.trunc(passed / length), unit);
  }

  /** "13 days": a length in its largest unit, in the plural that its number asks for. */
  span(milliseconds: number): string {
    const [unit, length] = UNITS.find(([, size]) => milliseconds >= size) ?? ['minute', 60_000];
    const form = new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'long' });
    // 730 days are two years to everyone, though an average year is longer than 365.
    return form.format(Math.trunc(milliseconds / length + 0.02));
  }

  /** "2 Nov 2018 (8 years ago)"; what is no date stands alone. */
  dated(text: string, now: Date): string {
    const age = this.age(text, now);
    return age ? this.say('dated', { date: this.date(text), age }) : this.date(text);
  }
}
