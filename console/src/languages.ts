export const LANGUAGES = ['vi', 'en', 'ru', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the browser keeps what somebody chose. */
export const STORED_LANGUAGE = 'keng.language';

export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((language) => language === text);
}

export function rememberedLanguage(): Language | null {
  const stored = globalThis.localStorage.getItem(STORED_LANGUAGE);
  return isLanguage(stored) ? stored : null;
}
