import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeTwo, type Words } from '../src/locales/merge-words.ts';

const LOCALES = fileURLToPath(new URL('../src/locales/', import.meta.url));

/** The words of a language as the console has them, read from its files: for checks and tests outside the browser. */
export function readWords(language: string): Words {
  const name = `${language}.json`;
  const folders = fs
    .readdirSync(LOCALES, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => path.join(LOCALES, one.name, name))
    .filter((file) => fs.existsSync(file));
  return [path.join(LOCALES, name), ...folders]
    .map((file) => JSON.parse(fs.readFileSync(file, 'utf8')) as Words)
    .reduce((all, part) => mergeTwo(all, part));
}
