import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Dependencies point one way (architecture.md, "Layout"). Each rule is a sentence that the finding repeats. */
export interface SourceFile {
  /** From the root, with slashes: `server/src/log/append.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly imported: string;
  readonly rule: string;
}

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file it means, or the bare specifier of a package. */
  readonly target: string;
  readonly line: number;
}

type Rule = (found: Import) => string | undefined;

const consoleMayImport = ['@keng/model', '@keng/country-vn', '@keng/console'];
const applications = ['server', 'console', 'simulator', 'bench', 'e2e'];

const rules: readonly Rule[] = [
  ({ from, target }) => {
    if (!/^(packages|countries)\//.test(from)) return undefined;
    const application = applications.find(
      (name) => isInside(target, name) || isPackage(target, `@keng/${name}`),
    );
    return application && `a package knows nothing of ${application}`;
  },
  ({ from, specifier, target }) => {
    // Benches and journeys start a whole centre and look inside: they stand beside the program, not in it.
    if (!specifier.startsWith('.') || measures(from)) return undefined;
    return workspaceOf(from) === workspaceOf(target)
      ? undefined
      : 'another workspace is imported by its package name, never by a path';
  },
  ({ from, target }) => {
    const own = moduleOf(from);
    const other = moduleOf(target);
    if (other === undefined || own === other) return undefined;
    if (isTest(from) || isEntryPoint(from) || measures(from)) return undefined;
    // platform has a second door: what only those need who speak HTTP.
    if (/^server\/src\/([^/]+|platform\/http)\/index\.ts$/.test(target)) return undefined;
    return `the module ${other} is imported only through its index.ts`;
  },
  ({ from, target }) => {
    if (isTest(from)) return undefined;
    const own = moduleOf(from);
    const other = moduleOf(target);
    if (other === undefined || own === other) return undefined;
    if (own === 'platform') return 'platform knows no module';
    if (own === 'log' && other !== 'platform') return 'log knows no module besides platform';
    return undefined;
  },
  ({ from, specifier }) => {
    if (!from.startsWith('console/') || isTest(from) || !specifier.startsWith('@keng/')) return undefined;
    return consoleMayImport.some((name) => isPackage(specifier, name))
      ? undefined
      : `the console imports only ${consoleMayImport.join(', ')}`;
  },
];

/** All that breaks a rule, in order of file and line. */
export function checkDependencies(files: readonly SourceFile[]): Violation[] {
  const imports = files.flatMap(readImports);
  const violations = imports.flatMap((found) =>
    rules.flatMap((rule) => {
      const broken = rule(found);
      return broken ? [violation(found, broken)] : [];
    }),
  );
  return [...violations, ...findCycles(imports)];
}

function violation(found: Import, rule: string): Violation {
  return { path: found.from, line: found.line, imported: found.specifier, rule };
}

/** Statements that begin a line, `import ... from`, `export ... from`, `import '...'`, and `import('...')` anywhere. */
const importPattern =
  /^[ \t]*(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*(['"])([^'"\n]+)\1|\bimport\(\s*(['"])([^'"\n]+)\3\s*\)/gm;

function readImports(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const match of file.text.matchAll(importPattern)) {
    const specifier = match[2] ?? match[4];
    if (specifier === undefined) continue;
    const target = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file.path), specifier)
      : specifier;
    const line = file.text.slice(0, match.index).split('\n').length;
    found.push({ from: file.path, specifier, target, line });
  }
  return found;
}

/** Modules that import each other in a ring; each ring is told once, at its first import. */
function findCycles(imports: readonly Import[]): Violation[] {
  const edges = new Map<string, Map<string, Import>>();
  for (const found of imports) {
    const own = moduleOf(found.from);
    const other = moduleOf(found.target);
    if (own === undefined || other === undefined || own === other || isTest(found.from)) continue;
    const targets = edges.get(own) ?? new Map<string, Import>();
    if (!targets.has(other)) targets.set(other, found);
    edges.set(own, targets);
  }
  const violations = new Map<string, Violation>();
  for (const start of edges.keys()) {
    const ring = findRing(start, edges);
    const first = ring && edges.get(start)?.get(ring[1] ?? '');
    if (!ring || !first) continue;
    const key = [...new Set(ring)].sort().join(' ');
    if (!violations.has(key)) {
      violations.set(key, violation(first, `modules import each other in a ring: ${ring.join(' -> ')}`));
    }
  }
  return [...violations.values()];
}

/** The shortest way from a module back to itself. */
function findRing(
  start: string,
  edges: ReadonlyMap<string, ReadonlyMap<string, Import>>,
): string[] | undefined {
  const queue: string[][] = [[start]];
  const seen = new Set<string>();
  for (let route = queue.shift(); route; route = queue.shift()) {
    for (const next of edges.get(route.at(-1) ?? '')?.keys() ?? []) {
      if (next === start) return [...route, start];
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([...route, next]);
    }
  }
  return undefined;
}

/** Folders that put modules together and belong to none. */
const assembled = new Set(['commands', 'roles', 'testing']);

/** `server/src/<module>/...`; the files directly in server/src build the centre and belong to no module. */
function moduleOf(file: string): string | undefined {
  const name = /^server\/src\/([^/]+)\/.+/.exec(file)?.[1];
  return name === undefined || assembled.has(name) ? undefined : name;
}

/** The command line and the centre are put together from parts; tests look behind the index on purpose. */
function isEntryPoint(file: string): boolean {
  return /^server\/src\/(commands|roles|testing)\//.test(file);
}

function isTest(file: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(file) || file.startsWith('server/src/testing/');
}

function measures(file: string): boolean {
  return /^(bench|e2e|scripts)\//.test(file);
}

function workspaceOf(file: string): string {
  return /^(?:packages|countries)\/[^/]+/.exec(file)?.[0] ?? file.split('/')[0] ?? file;
}

function isInside(target: string, folder: string): boolean {
  return target.startsWith(`${folder}/`);
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

export const roots = ['packages', 'countries', 'server', 'console', 'simulator', 'bench', 'e2e'];

export function readSources(root: string, folders: readonly string[] = roots): SourceFile[] {
  return folders.flatMap((folder) => {
    const base = path.join(root, folder);
    if (!fs.existsSync(base)) return [];
    return listFiles(base)
      .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
      .map((file) => ({
        path: path.relative(root, file).split(path.sep).join('/'),
        text: fs.readFileSync(file, 'utf8'),
      }));
  });
}

function listFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const at = path.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(at) : [at];
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const violations = checkDependencies(readSources(root));
  for (const { path: at, line, imported, rule } of violations) {
    process.stdout.write(`${at}:${line}: imports ${imported}: ${rule}\n`);
  }
  process.exitCode = violations.length === 0 ? 0 : 1;
}
