// node scripts/run.mjs FILE args...: installs what is missing, then runs a TypeScript file of the project.
import { ensureInstall, runTypeScript } from './ensure-install.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE [arguments]');
  process.exit(2);
}
ensureInstall();
await runTypeScript(file, args);
