// The words of the form, in one language at a time.

import { h } from '../interface/dom';
import { directionOf, LANGUAGES } from '../words/languages';
import type { words as en } from './words/en';

export type FormWord = keyof typeof en;
export type FormDictionary = Record<FormWord, string>;

const LOADERS: Record<string, () => Promise<{ words: FormDictionary }>> = {
  en: () => import('./words/en'),
  fr: () => import('./words/fr'),
  es: () => import('./words/es'),
  ar: () => import('./words/ar'),
  uk: () => import('./words/uk'),
  my: () => import('./words/my'),
};

let dictionary: FormDictionary | null = null;

export function say(word: FormWord, parts: Record<string, string> = {}): string {
  return (dictionary?.[word] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** Says the page in a language; without its words it stays as it is. */
export async function speak(language: string): Promise<void> {
  try {
    dictionary = (await LOADERS[language]?.())?.words ?? dictionary;
  } catch {
    if (!dictionary) return; // the page's own English
  }
  const root = document.documentElement;
  root.lang = language;
  root.dir = directionOf(language);
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = say(element.dataset['word'] as FormWord);
  }
}

export function languageChoice(language: string, chosen: (code: string) => void): HTMLSelectElement {
  const options = LANGUAGES.map(({ code, name }) => h('option', { value: code, lang: code }, name));
  const select = h('select', { 'aria-label': say('language') }, { change: () => chosen(select.value) }, ...options);
  select.value = language;
  return select;
}
