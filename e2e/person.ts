import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readWords } from '../console/dev/read-words.ts';
import type { Words } from '../console/src/locales/merge-words.ts';
import type { Rig } from './rig.ts';

export type Language = 'vi' | 'en' | 'ru' | 'zh';
export type Scheme = 'dark' | 'light';

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Somebody at a screen: a browser of their own, so that sessions and stored preferences do not mix. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  leave(): Promise<void>;
}

export interface Looks {
  readonly language?: Language;
  readonly scheme?: Scheme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What the clock of this machine is set to; default that of the country. */
  readonly timeZone?: string;
}

/** The machine of the tests draws the map with its processor, and does it beside everything else. */
const PATIENCE_MS = 45_000;

/** Opens an address without logging in: the owner's page, the log-in itself. */
export async function lookAt(browser: Browser, address: string, looks: Looks = {}): Promise<Person> {
  const context = await browser.newContext({
    viewport: looks.viewport ?? DESKTOP,
    reducedMotion: 'reduce',
    locale: 'vi-VN',
    timezoneId: looks.timeZone ?? 'Asia/Ho_Chi_Minh',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const preferences = [looks.language ?? 'en', looks.scheme ?? 'dark'] as const;
  await context.addInitScript(([language, scheme]) => {
    // At every load: what was chosen since then stays.
    for (const [key, value] of [
      ['keng.language', language],
      ['keng.color-scheme', scheme],
    ] as const)
      if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
  }, preferences);
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  return { page, context, leave: () => context.close() };
}

/** Logs in with the form, as a person does, at the page that the log-in is for. */
export async function sitDown(
  browser: Browser,
  rig: Pick<Rig, 'url' | 'password'>,
  login: string,
  path: string,
  looks: Looks = {},
): Promise<Person> {
  const person = await lookAt(browser, `${rig.url}${path}`, looks);
  await logInWithForm(person.page, login, rig.password, looks.language);
  await person.page.getByRole('banner').waitFor();
  return person;
}

export async function logInWithForm(
  page: Page,
  login: string,
  password: string,
  language: Language = 'en',
): Promise<void> {
  await page.getByLabel(word('login.login', language), { exact: true }).fill(login);
  await page.getByLabel(word('login.password', language), { exact: true }).fill(password);
  await page.getByRole('button', { name: word('login.enter', language) }).click();
}

const files = new Map<Language, Words>();

/** What the console says for a key; texts with {{parameters}} get theirs. Tests follow the wording and do not repeat it. */
export function word(
  key: string,
  language: Language = 'en',
  parameters: Readonly<Record<string, string>> = {},
): string {
  let found: string | Words | undefined = wordsOf(language);
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`the console has no text ${key} in ${language}`);
  return found
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => parameters[name] ?? '')
    .replace(/\$t\(([\w.-]+)\)/g, (_, other: string) => word(other, language, parameters));
}

function wordsOf(language: Language): Words {
  const known = files.get(language);
  if (known) return known;
  const words = readWords(language);
  files.set(language, words);
  return words;
}
