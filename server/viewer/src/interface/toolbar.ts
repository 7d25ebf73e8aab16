// Who looks, language, light or dark, documentation.

import { LANGUAGES } from '../words/languages';
import type { Word, Words } from '../words/words';
import { h, option } from './dom';
import { icon } from './icons';

export type ThemeChoice = 'auto' | 'light' | 'dark';

export interface Preferences {
  theme: ThemeChoice;
  setTheme(theme: ThemeChoice): void;
  setLanguage(code: string): void;
  /** Somebody has signed in or out. */
  askerChanged(): void;
}

const THEMES: [ThemeChoice, Word][] = [
  ['auto', 'themeAuto'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
];

export function toolbar(words: Words, preferences: Preferences, account: HTMLElement): HTMLElement {
  const language = h(
    'select',
    { 'aria-label': words.say('language'), name: 'language' },
    { change: () => preferences.setLanguage(language.value) },
    ...LANGUAGES.map(({ code, name }) => {
      const one = option(code, name);
      one.lang = code;
      return one;
    }),
  );
  language.value = words.language;
  const theme = h(
    'select',
    { 'aria-label': words.say('theme'), name: 'theme' },
    { change: () => preferences.setTheme(theme.value as ThemeChoice) },
    ...THEMES.map(([value, word]) => option(value, words.say(word))),
  );
  theme.value = preferences.theme;
  const docs = h('a', { href: 'docs', class: 'docs' }, icon('book'), words.say('docs'));
  return h('footer', { class: 'toolbar' }, account, language, theme, docs);
}
