// The languages that the pages speak; without their words, which are larger.

export const LANGUAGES: readonly { code: string; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
  { code: 'es', name: 'Español' },
  { code: 'ar', name: 'العربية' },
  { code: 'uk', name: 'Українська' },
  { code: 'my', name: 'မြန်မာ' },
];

/** The first wish that is one of them, else English. */
export function languageFor(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = wish?.toLowerCase().split(/[-_]/)[0];
    if (LANGUAGES.some(language => language.code === code)) return code as string;
  }
  return 'en';
}

export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
