// Attributes of a feature as a reader sees them.

import { instantOf, type Words } from '../words/words';

/** One row of the table. */
export interface Shown {
  name: string;
  text: string;
  /** Where the text is an address of the web. */
  link?: string;
}

type Properties = Record<string, unknown>;

// Numbers that name something are not counted: no marks between their thousands.
const NAMES_SOMETHING = /(^|[_\W])(id|fid|gid|oid|code|pcode|year|zip|ref|number|no|phone|osm_id|objectid)$|id$|code$/i;
// Attributes by which data calls its features, in the order of how well they do.
const NAME_WORDS = ['name', 'title', 'label', 'nom', 'nombre', 'site_name', 'event', 'where', 'where_coordinates'];
const LONGEST_NAME = 120; // characters

function numberText(name: string, value: number, words: Words): string {
  if (Number.isInteger(value) && (NAMES_SOMETHING.test(name) || Math.abs(value) < 10_000)) return String(value);
  return words.number(value);
}

/** A full moment or day; shorter texts of figures are rather codes. */
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text) && instantOf(text) !== null;

function shown(name: string, value: unknown, words: Words): Shown {
  if (typeof value === 'number') return { name, text: numberText(name, value, words) };
  if (typeof value === 'boolean') return { name, text: value ? '✓' : '✗' };
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  if (/^https?:\/\/[^\s]+$/.test(text)) return { name, text, link: text };
  return { name, text: isDate(text) ? words.date(text.replace(' ', 'T')) : text };
}

const isStated = (value: unknown): boolean =>
  value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === '');

/** In the order of the data; what is not stated is left out. */
export function shownAttributes(properties: Properties, words: Words): Shown[] {
  return Object.entries(properties).filter(([, value]) => isStated(value)).map(([name, value]) => shown(name, value, words));
}

/** Neither a code nor a date, an address or a whole text. */
const readsAsName = (text: string): boolean =>
  text.length >= 3 && text.length <= 60 && /\p{L}{3}/u.test(text) && !/[0-9_{}<>:/@]/.test(text);

/** What a feature is called, in the reader's language where the data has it; null when it says no name. */
export function nameOf(properties: Properties, language: string): string | null {
  const byLower = new Map(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value]));
  const inTongue = [`name:${language}`, `name_${language}`];
  const endings = [...byLower.keys()].filter(name => /(^|_)name(_en)?$|_(en|fr)$/.test(name));
  for (const word of [...inTongue, ...NAME_WORDS, ...endings]) {
    const value = byLower.get(word);
    if (typeof value === 'string' && value.trim()) return value.trim().slice(0, LONGEST_NAME);
  }
  const words = Object.values(properties).find(value => typeof value === 'string' && readsAsName(value.trim()));
  return words === undefined ? null : String(words).trim();
}
