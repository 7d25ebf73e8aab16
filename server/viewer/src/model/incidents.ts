// What reports say of themselves, in the words of the page: category, severity, state.

import type { Word, Words } from '../words/words';

/** As the form sends them and the map has icons of them. */
const CATEGORIES = new Map<string, Word>(Object.entries({
  flood: 'catFlood',
  fire: 'catFire',
  landslide: 'catLandslide',
  building: 'catDamage',
  road: 'catRoad',
  bridge: 'catBridge',
  casualties: 'catInjury',
  'missing-person': 'catMissing',
  displacement: 'catDisplaced',
  shelter: 'catShelter',
  'water-point': 'catWater',
  food: 'catFood',
  power: 'catPower',
  health: 'catHealth',
  'security-incident': 'catViolence',
  mine: 'catMine',
  other: 'catOther',
} as const));

const SEVERITIES = new Map<string, Word>(Object.entries({
  unknown: 'sevUnknown',
  minor: 'sevMinor',
  moderate: 'sevModerate',
  severe: 'sevSevere',
  extreme: 'sevExtreme',
} as const));

const STATES = new Map<string, Word>(Object.entries({
  new: 'statusNew',
  verified: 'statusVerified',
  rejected: 'statusRejected',
  duplicate: 'statusDuplicate',
} as const));

const said = (table: ReadonlyMap<string, Word>, text: string, words: Words): string => {
  const word = table.get(text);
  return word ? words.say(word) : text;
};

export const categoryNames = [...CATEGORIES.keys()];
export const severityNames = [...SEVERITIES.keys()];

/** A category of another collection stays as it is written there. */
export const categoryText = (category: string, words: Words): string => said(CATEGORIES, category, words);
export const severityText = (severity: string, words: Words): string => said(SEVERITIES, severity, words);
export const stateText = (state: string, words: Words): string => said(STATES, state, words);
