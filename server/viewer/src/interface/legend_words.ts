// What the server says in legends in its own language, in the reader's.

import type { Word, Words } from '../words/words';

const WHOLE = new Map<string, Word>(Object.entries({
  Areas: 'areas',
  Lines: 'lines',
  Points: 'points',
  other: 'legendOther',
  few: 'legendFew',
  many: 'legendMany',
  marked: 'legendMarked',
  'in part (seen from afar)': 'legendPart',
  'not marked': 'legendUnmarked',
  'Reports, known to the area': 'reportsArea',
  'Several reports, with their number': 'reportsMany',
  'Density of reports, weighed by severity': 'reportsDensity',
  'Category not known': 'categoryUnknown',
  'Severity not stated': 'severityUnknown',
  'Number of points': 'legendNumber',
  Severity: 'severity',
  minor: 'sevMinor',
  moderate: 'sevModerate',
  severe: 'sevSevere',
  extreme: 'sevExtreme',
}));
const CHANNELS = new Map<string, Word>(Object.entries({ red: 'red', green: 'green', blue: 'blue' }));

const number = (text: string, words: Words): string =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? words.number(Number(text)) : text;

/** "below 10", "10 to 20", "from 20", "other", or null when it is none of them. */
function classWords(text: string, words: Words): string | null {
  const [, below, from, low, high] = /^(?:below (-?[\d.e+-]+)|from (-?[\d.e+-]+)|(-?[\d.e+-]+) to (-?[\d.e+-]+))$/.exec(text) ?? [];
  if (below !== undefined) return words.say('legendBelow', { value: number(below, words) });
  if (from !== undefined) return words.say('legendFrom', { value: number(from, words) });
  if (low !== undefined && high !== undefined) return `${number(low, words)} – ${number(high, words)}`;
  const word = WHOLE.get(text);
  return word ? words.say(word) : null;
}

/** "red: band 1, 0 to 255" */
function channelWords(text: string, words: Words): string | null {
  const [, name = '', source = '', range = ''] = /^(red|green|blue): (.+), (\S+ to \S+)$/.exec(text) ?? [];
  const channel = CHANNELS.get(name);
  if (!channel) return null;
  const [, band] = /^band (\d+)$/.exec(source) ?? [];
  const from = band === undefined ? source : words.say('band', { number: band });
  return `${words.say(channel)}: ${from}, ${classWords(range, words) ?? range}`;
}

export function legendText(label: string, words: Words): string {
  const known = channelWords(label, words) ?? classWords(label, words);
  if (known !== null) return known;
  // "Camps: below 10": the name is the style's own, or one of ours.
  const at = label.lastIndexOf(': ');
  const end = at < 0 ? null : classWords(label.slice(at + 2), words);
  if (end === null) return label;
  const name = label.slice(0, at);
  return `${classWords(name, words) ?? name}: ${end}`;
}
