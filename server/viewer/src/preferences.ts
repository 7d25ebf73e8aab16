// What a reader chose for this browser: language and theme. Nothing else is kept, nothing is sent.

import type { ThemeChoice } from './interface/toolbar';
import type { Theme } from './map/ground';

/** Storage may be forbidden (private windows, embedded pages): then the choice lasts as long as the page. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name: 'relief.language' | 'relief.theme', value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}

export const keptLanguage = (): string | null => read('relief.language');

export function themeChoice(wish: string | null): ThemeChoice {
  return wish === 'light' || wish === 'dark' ? wish : 'auto';
}

export const keptTheme = (): ThemeChoice => themeChoice(read('relief.theme'));

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function themeOf(choice: ThemeChoice): Theme {
  return choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
}

export function showTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = choice;
}

export function onSystemTheme(changed: () => void): void {
  dark.addEventListener('change', changed);
}
