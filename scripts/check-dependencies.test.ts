import { describe, expect, test } from 'vitest';
import { checkDependencies } from './check-dependencies.ts';

function check(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return checkDependencies(sources).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

describe('what breaks a rule is found', () => {
  test.each([
    [
      'a package imports the server',
      'packages/cap/src/a.ts',
      "import { x } from '@keng/server';",
      'knows nothing of server',
    ],
    [
      'a country imports the console',
      'countries/vn/src/a.ts',
      "import { x } from '@keng/console';",
      'knows nothing of console',
    ],
    [
      'a path into another workspace',
      'server/src/log/a.ts',
      "import { x } from '../../../packages/model/src/ids.ts';",
      'by its package name',
    ],
    [
      'behind the index of a module',
      'server/src/intake/a.ts',
      "import { x } from '../log/append.ts';",
      'only through its index.ts',
    ],
    [
      'behind the index, from the centre',
      'server/src/centre.ts',
      "import { x } from './log/append.ts';",
      'only through its index.ts',
    ],
    [
      'platform imports a module',
      'server/src/platform/a.ts',
      "import { x } from '../log/index.ts';",
      'platform knows no module',
    ],
    [
      'log imports a module',
      'server/src/log/a.ts',
      "import { x } from '../people/index.ts';",
      'log knows no module',
    ],
    [
      'the console imports a server package',
      'console/src/a.tsx',
      "import { x } from '@keng/sia-dc09';",
      'the console imports only',
    ],
    [
      'a re-export',
      'server/src/intake/a.ts',
      "export * from '../log/append.ts';",
      'only through its index.ts',
    ],
    [
      'a dynamic import',
      'server/src/intake/a.ts',
      "const a = await import('../log/append.ts');",
      'only through its index.ts',
    ],
    [
      'an import over several lines',
      'server/src/intake/a.ts',
      "import {\n  x,\n} from '../log/append.ts';",
      'only through its index.ts',
    ],
    [
      'an import for types only',
      'server/src/intake/a.ts',
      "import type { X } from '../log/append.ts';",
      'only through its index.ts',
    ],
  ])('%s', (_name, path, text, rule) => {
    const found = check({ [path]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(rule);
  });

  test('modules that import each other in a ring are found once', () => {
    const found = check({
      'server/src/incidents/a.ts': "import { x } from '../notify/index.ts';",
      'server/src/notify/a.ts': "import { x } from '../people/index.ts';",
      'server/src/people/a.ts': "\nimport { x } from '../incidents/index.ts';",
    });
    expect(found).toEqual([
      'server/src/incidents/a.ts:1 modules import each other in a ring: incidents -> notify -> people -> incidents',
    ]);
  });
});

test('what is allowed is not reported', () => {
  expect(
    check({
      'packages/model/src/a.ts': "import { z } from 'zod';\nimport { x } from './ids.ts';",
      'server/src/platform/a.ts': "import { x } from '@keng/model';\nimport { y } from './clock.ts';",
      'server/src/platform/http/a.ts': "import { y } from '../clock.ts';",
      'server/src/log/a.ts': "import { x } from '../platform/index.ts';",
      'server/src/intake/a.ts': "import { x } from '../log/index.ts';\nimport { y } from '@keng/sia-dc09';",
      'server/src/intake/a.test.ts':
        "import { x } from '../log/append.ts';\nimport { y } from '../testing/index.ts';",
      'server/src/centre.ts': "import { x } from './intake/index.ts';",
      'console/src/a.tsx': "import { x } from '@keng/model';\nimport './a.css';",
      'server/src/people/a.ts': "const text = 'import it from there';",
    }),
  ).toEqual([]);
});
