// node scripts/sbom.mjs [FILE]: the list of all packages with versions, licences and hashes, as CycloneDX JSON, from the lock file.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './ensure-install.mjs';

const result = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 },
);
if (result.status !== 0) {
  console.error(`npm sbom failed: ${result.error?.message ?? result.stderr}`);
  process.exit(1);
}
const list = JSON.parse(result.stdout);
// npm names the folder of the checkout; what it is called is in package.json.
list.metadata.component.name = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).name;
for (const one of [list.metadata.component, ...list.components]) {
  // Where a package was loaded from is the mirror of whoever wrote the lock file; the hash says which one it is.
  one.externalReferences = (one.externalReferences ?? []).filter(
    (reference) => reference.type !== 'distribution',
  );
}
const text = `${JSON.stringify(list, null, 2)}\n`;
if (process.argv[2] === undefined) process.stdout.write(text);
else {
  fs.writeFileSync(process.argv[2], text);
  console.log(`${list.components.length} packages in ${process.argv[2]}`);
}
