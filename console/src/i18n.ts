import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, rememberedLanguage, STORED_LANGUAGE } from './languages.ts';
import type { Words } from './locales/merge-words.ts';

export { isLanguage, LANGUAGES, type Language, rememberedLanguage } from './languages.ts';
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  vi: 'Tiếng Việt',
  en: 'English',
  ru: 'Русский',
  zh: '中文',
};

const FILES = import.meta.glob<{ readonly words: Words }>('./locales/{vi,en,ru,zh}.ts');

async function addLanguage(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  if (language === 'zh') await import('@fontsource-variable/noto-sans-sc');
  const file = await FILES[`./locales/${language}.ts`]?.();
  if (file) i18next.addResourceBundle(language, 'translation', file.words);
}

/** Vietnamese is always loaded: it is what stands in where another language is silent. */
export async function startTranslations(): Promise<void> {
  const language = rememberedLanguage() ?? 'vi';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await Promise.all([addLanguage('vi'), addLanguage(language)]);
  await i18next.changeLanguage(language);
  globalThis.document.documentElement.lang = language;
}

export async function changeLanguage(language: Language, remember = true): Promise<void> {
  await addLanguage(language);
  await i18next.changeLanguage(language);
  globalThis.document.documentElement.lang = language;
  if (remember) globalThis.localStorage.setItem(STORED_LANGUAGE, language);
}
