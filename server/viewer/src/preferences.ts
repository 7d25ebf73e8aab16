// What a reader chose for this browser: language, theme, base map, thin line. Nothing else is kept, nothing is sent.

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

export function keep(name: 'relief.language' | 'relief.theme' | 'relief.base' | 'relief.light', value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}

export const keptLanguage = (): string | null => read('relief.language');

/** Null: what suits the theme. */
export const keptBase = (): string | null => read('relief.base') || null;

/** As the reader chose, else as the browser was told to save data. */
export function keptLight(): boolean {
  const kept = read('relief.light');
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return kept === null ? connection?.saveData === true : kept === 'yes';
}

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
