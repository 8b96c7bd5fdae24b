import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What matters of CycloneDX 1.5: https://cyclonedx.org/docs/1.5/json/ */
const cycloneDx = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string().regex(/^1\.[4-9]$/),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  metadata: z.object({ component: z.object({ name: z.literal('keng'), version: z.string() }) }),
  components: z.array(
    z.object({
      'bom-ref': z.string(),
      type: z.string(),
      name: z.string(),
      version: z.string(),
      purl: z.string(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string() })),
});

interface LockedPackage {
  readonly version?: string;
  readonly link?: boolean;
  readonly name?: string;
}

it('the list of packages is CycloneDX, and names each package of the lock file with its version', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-sbom-'));
  const file = path.join(folder, 'sbom.json');
  const made = spawnSync(process.execPath, ['scripts/sbom.mjs', file], { cwd: root, encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const text = fs.readFileSync(file, 'utf8');
  fs.rmSync(folder, { recursive: true });
  const list = cycloneDx.parse(JSON.parse(text));
  const listed = new Set(list.components.map((one) => `${one.name}@${one.version}`));
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const locked = Object.entries(lock.packages).flatMap(([where, one]) => {
    const at = where.lastIndexOf('node_modules/');
    return at < 0 || one.link ? [] : [`${one.name ?? where.slice(at + 13)}@${one.version}`];
  });
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter((one) => !listed.has(one))).toEqual([]);
  // Nothing of the machine that made it.
  expect(text).not.toContain(root);
  expect(text).not.toMatch(/"type": "distribution"/);
});
