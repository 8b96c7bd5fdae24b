import { expect, test } from 'vitest';
import { checkExports } from './check-exports.ts';

function unused(files: Record<string, string>, entries: readonly string[] = []): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return checkExports(sources, new Set(entries)).map(({ path, line, name }) => `${path}:${line} ${name}`);
}

const A = 'server/src/log/a.ts';
const B = 'server/src/log/b.ts';
const DOOR = 'server/src/log/index.ts';

test.each([
  ['a function', 'export function gone() {}', 'gone'],
  ['an asynchronous function', 'export async function gone() {}', 'gone'],
  ['a constant', 'export const gone = 1;', 'gone'],
  ['a class', 'export class Gone {}', 'Gone'],
  ['a type', 'export interface Gone {}', 'Gone'],
  ['one that is listed at the end', 'const own = 1;\nexport { own as gone };', 'gone'],
])('%s that nobody imports is found', (_what, text, name) => {
  expect(unused({ [A]: text })).toEqual([`${A}:${text.split('\n').length} ${name}`]);
});

test.each([
  ['by its name', "import { kept } from './a.ts';"],
  ['by another name', "import { type Other, kept as mine } from './a.ts';"],
  ['over several lines', "import {\n  kept,\n  other,\n} from './a.ts';"],
  ['with the whole file', "import * as a from './a.ts';"],
  ['with the whole file, later', "const a = () => import('./a.ts');"],
])('what is imported %s is used', (_how, text) => {
  expect(unused({ [A]: 'export const kept = 1;', [B]: text })).toEqual([]);
});

test('what stands behind a door that nobody goes through is found', () => {
  const files = { [A]: 'export const gone = 1;', [DOOR]: "export { gone } from './a.ts';" };
  expect(unused(files)).toEqual([`${A}:1 gone`]);
  expect(unused({ ...files, [B]: "import { gone } from './index.ts';" })).toEqual([]);
  expect(
    unused({ [A]: files[A], [DOOR]: "export * from './a.ts';", [B]: "import { gone } from './index.ts';" }),
  ).toEqual([]);
});

test('what a package.json shows, and what packages export, is for others', () => {
  const files = { [A]: 'export const kept = 1;', [DOOR]: "export * from './a.ts';" };
  expect(unused(files, [DOOR])).toEqual([]);
  expect(unused({ 'packages/cap/src/a.ts': 'export const kept = 1;' })).toEqual([]);
});

test('a function that only its test calls is dead; a table, a part of the file and a fixture are not', () => {
  const spec = 'server/src/log/a.test.ts';
  const call = "import { one } from './a.ts';";
  expect(unused({ [A]: 'export function one() {}', [spec]: call })).toEqual([`${A}:1 one`]);
  expect(unused({ [A]: 'export function one() {}\none();', [spec]: call })).toEqual([]);
  expect(unused({ [A]: 'export const one = [];', [spec]: call })).toEqual([]);
  const made = 'server/src/log/a.fixture.ts';
  expect(
    unused({ [made]: 'export function one() {}', [spec]: "import { one } from './a.fixture.ts';" }),
  ).toEqual([]);
});

test('a type beside what the file exports, and a value the file itself uses, may stand alone', () => {
  expect(unused({ [A]: 'export interface Options {}\nexport function use(options: Options) {}' })).toEqual([
    `${A}:2 use`,
  ]);
});
