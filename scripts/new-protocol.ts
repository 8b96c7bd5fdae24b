// node --import tsx scripts/new-protocol.ts NAME: a protocol of its own in packages/NAME, from docs/protocol-template.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const TEMPLATE = 'protocol-template';

/** Copies the template under a new name. Returns its folder. */
export function newProtocol(name: string, packages = path.join(root, 'packages')): string {
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(name))
    throw new Error('a name of small letters, digits and hyphens was expected');
  const folder = path.join(packages, name);
  if (fs.existsSync(folder)) throw new Error(`${folder} exists already`);
  fs.cpSync(path.join(root, 'docs', TEMPLATE), folder, { recursive: true });
  for (const file of ['package.json', 'README.md']) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    fs.writeFileSync(path.join(folder, file), text.replaceAll(TEMPLATE, name));
  }
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const folder = newProtocol(process.argv[2] ?? '');
    console.log(
      `${path.relative(root, folder)} is there. Run npm install once, then npm test -- ${path.relative(root, folder)}`,
    );
    console.log('Next: your own frames in frames.jsonl, then docs/add-a-protocol.md from 2 on.');
  } catch (error) {
    console.error(`new-protocol: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
