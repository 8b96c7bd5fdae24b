import fs from 'node:fs';
import { expect, test } from 'vitest';

const SOURCES = ['../read/', '../rules/'].map((name) => new URL(name, import.meta.url));
const page = fs.readFileSync(new URL('../../../../docs/cap.md', import.meta.url), 'utf8');

/** Names of rules as the code writes them; those that are put together stand in docs/cap.md as their parts. */
const rules = SOURCES.flatMap((folder) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...fs
        .readFileSync(new URL(name, folder), 'utf8')
        .matchAll(/(?:say|#say|rule:)[\s(]*'([a-zA-Z]+\.[a-z-]+)'/g),
    ]),
).map(([, rule]) => rule ?? '');

test('there are rules', () => {
  expect(rules.length).toBeGreaterThan(40);
});

test.each([...new Set(rules)])('docs/cap.md explains %s', (rule) => {
  expect(page).toContain(rule);
});
