import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readWords } from '../console/dev/read-words.ts';
import type { Words } from '../console/src/locales/merge-words.ts';
import { languages } from './check-translations.ts';
import { type ProblemCode, problemCodes, problemCodesBelow } from './problem-codes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Whoever hears these is no person at a console: all of a folder (which ends with a slash) or of a file, or one code. */
const NOT_FOR_PEOPLE: readonly (readonly [where: string, who: string])[] = [
  ['server/src/commands/', 'the command line, which prints the English text'],
  ['server/src/areas/import-areas.ts', 'the command line: `keng import areas`'],
  ['server/src/areas/read-communes.ts', 'the command line: `keng import areas`'],
  ['server/src/organisations/rules.ts', 'whoever writes a country pack'],
  ['server/src/intake/device-api/', 'devices'],
  ['server/src/intake/measurements/measurement-writer.ts', 'devices'],
  ['server/src/notify/gateway-routes.ts', 'the telephone gateway'],
  ['server/src/notify/gateway-events.ts', 'the telephone gateway'],
  ['server/src/notify/webhooks.ts', 'programs that subscribe by the API: the console has no page for them'],
  ['console.not-built', 'a browser before any console was built'],
];

const answered = [
  ...problemCodesBelow(ROOT, 'server/src'),
  // The gate answers it before any route does.
  ...problemCodesBelow(ROOT, 'packages/model/src').filter(({ code }) => code === 'permission.missing'),
];
const names = (where: string, { code, at }: ProblemCode): boolean => code === where || at.startsWith(where);
const forPeople = answered.filter((one) => !NOT_FOR_PEOPLE.some(([where]) => names(where, one)));

test('codes are found however a source writes them', () => {
  const text = [
    "throw new Problem(409, 'works.over', 'over');",
    "throw new Problem(\n  422,\n  'works.long',\n  'long');",
    "if (open) throw conflict('works.open', 'open');",
    "throw invalid(\n'works.field', 'field', 'at');",
    "throw notFound('works', id);",
    "const KNOWN = { X: [415, 'body.media-type', 'not this'], y: [\n 'session.old', 'too old'] };",
    "return [{ at, code: 'works.row', detail: 'row' }];",
    `throw new Problem(401, \`gateway.\${why}\`, detail);`,
  ].join('\n');
  expect(problemCodes('a.ts', text).map(({ code }) => code)).toEqual([
    'works.over',
    'works.long',
    'works.open',
    'works.field',
    'works.not-found',
    'body.media-type',
    'session.old',
    'works.row',
  ]);
  expect(problemCodes('a.ts', text)[1]?.at).toBe('a.ts:2');
});

test.each(languages)('whatever a person can be refused is said in their language: %s', (language) => {
  const { problem, field } = readWords(language) as Record<'problem' | 'field', Words>;
  const said = (code: string): boolean =>
    [problem, field].some((words) => code.replaceAll('.', '-') in words);
  expect(forPeople.length).toBeGreaterThan(150);
  expect(forPeople.filter(({ code }) => !said(code)).map(({ code, at }) => `${code} (${at})`)).toEqual([]);
});

test('who is said to be no person still answers something there', () => {
  const idle = NOT_FOR_PEOPLE.filter(([where]) => !answered.some((one) => names(where, one)));
  expect(idle).toEqual([]);
});
