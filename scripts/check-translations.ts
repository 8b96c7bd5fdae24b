import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readWords } from '../console/dev/read-words.ts';

/** Vietnamese is the source; the others must have the same keys and placeholders, and the console must use only keys that exist. */
export const languages = ['vi', 'en', 'ru', 'zh'] as const;
export type Language = (typeof languages)[number];

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Key with dots -> text. */
export type Words = ReadonlyMap<string, string>;

/** i18next makes plural forms of one key (`row_one`, `row_few`); which of them a language has is its own affair. */
const pluralSuffix = /_(zero|one|two|few|many|other)$/;

export function checkTranslations(
  words: Readonly<Record<Language, unknown>>,
  sources: readonly SourceText[],
): string[] {
  const flat = new Map(languages.map((language) => [language, flatten(words[language])]));
  const source = flat.get('vi') ?? new Map<string, string>();
  return [
    ...languages.flatMap((language) => compare(language, source, flat.get(language) ?? new Map())),
    ...checkUse(sources, source),
  ];
}

function compare(language: Language, source: Words, own: Words): string[] {
  const faults: string[] = [];
  const sourceKeys = byBaseKey(source);
  const ownKeys = byBaseKey(own);
  for (const [key, text] of own) if (text.trim() === '') faults.push(`${language}: ${key} is empty`);
  for (const [key, texts] of sourceKeys) {
    const translated = ownKeys.get(key);
    if (translated === undefined) faults.push(`${language}: ${key} is missing`);
    else if (placeholders(translated) !== placeholders(texts)) {
      faults.push(
        `${language}: ${key} has the placeholders ${placeholders(translated) || 'none'}, not ${placeholders(texts) || 'none'}`,
      );
    }
  }
  for (const key of ownKeys.keys()) {
    if (!sourceKeys.has(key)) faults.push(`${language}: ${key} is not in vi`);
  }
  return faults;
}

function byBaseKey(words: Words): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [key, text] of words) {
    const base = key.replace(pluralSuffix, '');
    grouped.set(base, [...(grouped.get(base) ?? []), text]);
  }
  return grouped;
}

/** `{{name}}` in any order; over the plural forms together, for "one" often names no count. */
function placeholders(texts: readonly string[]): string {
  const found = texts.flatMap((text) =>
    [...text.matchAll(/\{\{-?\s*([\w.]+)/g)].map((match) => `{{${match[1]}}}`),
  );
  return [...new Set(found)].sort().join(' ');
}

/** `t('a.b')` and `i18nKey="a.b"`. A key put together at run time (`t(\`state.${x}\`)`) must have words below its fixed start. */
const useOfKey = /(?:\bt\(\s*|\bi18nKey=\{?)(['"`])([^'"`\n]+)\1/g;

function checkUse(sources: readonly SourceText[], words: Words): string[] {
  const known = new Set(byBaseKey(words).keys());
  const faults: string[] = [];
  for (const source of sources) {
    for (const match of source.text.matchAll(useOfKey)) {
      const key = match[2] ?? '';
      const start = key.split('${')[0] ?? '';
      const exists =
        start === key ? known.has(key) : [...known].some((candidate) => candidate.startsWith(start));
      if (exists) continue;
      const line = source.text.slice(0, match.index).split('\n').length;
      faults.push(`${source.path}:${line}: there are no words for ${key}`);
    }
  }
  return faults;
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  const words = new Map<string, string>();
  if (typeof value !== 'object' || value === null) return words;
  for (const [key, inner] of Object.entries(value)) {
    const at = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof inner === 'string') words.set(at, inner);
    else for (const [name, text] of flatten(inner, at)) words.set(name, text);
  }
  return words;
}

function readConsole(folder: string, root: string): SourceText[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return readConsole(at, root);
    if (!/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) return [];
    return [{ path: path.relative(root, at), text: fs.readFileSync(at, 'utf8') }];
  });
}

function main(): number {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const words = { vi: readWords('vi'), en: readWords('en'), ru: readWords('ru'), zh: readWords('zh') };
  const faults = checkTranslations(words, readConsole(path.join(root, 'console', 'src'), root));
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main();
}
