// npm start: a whole centre with demonstration data and simulated panels, from nothing but Node and npm.
import { ensureConsole, ensureInstall, runTypeScript } from './ensure-install.mjs';

ensureInstall();
ensureConsole();
await runTypeScript('simulator/src/main.ts', ['demonstration', ...process.argv.slice(2)]);
