import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readSources, roots, type SourceFile } from './check-dependencies.ts';

/**
 * An export that nobody imports and its own file does not use is dead. What packages and countries export is for others.
 */
export interface UnusedExport {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

interface Exported {
  readonly at: number;
  /** A constant may be there for its test: a table, a limit. A function that nothing but its test calls is dead. */
  readonly isFunction: boolean;
  readonly from?: Reference;
}

interface Module {
  readonly path: string;
  readonly text: string;
  /** Name as others see it, and where it is declared or handed on. */
  readonly exports: ReadonlyMap<string, Exported>;
  /** Files whose every export is handed on. */
  readonly stars: readonly string[];
  readonly imports: readonly Reference[];
}

/** `*`: all of it. */
interface Reference {
  readonly path: string;
  readonly name: string;
}

const CHECKED = /^(server\/src|console\/src|simulator\/src|bench\/src|e2e)\//;
/** Exists for tests, so that a test is user enough. */
const FOR_TESTS = /(\.fixture\.tsx?$|^server\/src\/testing\/|^e2e\/|\/test-[a-z-]+\.ts$)/;
const GLOBBED = /^console\/src\/(pages\/[^/]+\/page\.tsx|locales\/\w+\.ts)$/;
const IS_TEST = /\.test\.tsx?$/;

const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(function\*?|const|let|class|interface|type|enum) (\w+)/gm;
const LISTED = /^(import|export)(?: type)? (?:(\w+),? ?)?(?:\{([^}]*)\})?(?: from '([^']+)')?;/gm;
const WHOLE =
  /^(?:import|export)(?: type)? \* as \w+ from '([^']+)'|\bimport\(\s*'([^']+)'|^import '([^']+)'/gm;
const STAR = /^export(?: type)? \* from '([^']+)'/gm;

/**
 * @param files all sources, also those whose exports are not checked
 * @param entries files that are reached from outside: by the exports and the programs of a package.json
 * @returns exports that no other file imports, in order of file and line. A test counts for what is made for tests, and for what the
 * file itself uses too.
 */
export function checkExports(files: readonly SourceFile[], entries: ReadonlySet<string>): UnusedExport[] {
  const modules = new Map(files.map((file) => [file.path, readModule(file)]));
  const used = new Set<string>();
  const use = ({ path: file, name }: Reference): void => {
    const module = modules.get(file);
    if (!module || used.has(`${file} ${name}`)) return;
    used.add(`${file} ${name}`);
    const names = name === '*' ? [...module.exports.keys()] : [name];
    for (const one of names) {
      used.add(`${file} ${one}`);
      const { from } = module.exports.get(one) ?? {};
      if (from) use(from);
    }
    if (name === '*' || !module.exports.has(name)) for (const star of module.stars) use({ path: star, name });
  };
  for (const module of modules.values()) {
    if (entries.has(module.path)) use({ path: module.path, name: '*' });
    for (const reference of module.imports) {
      const target = modules.get(reference.path);
      if (!target) continue;
      if (!IS_TEST.test(module.path) || mayServeTestsAlone(target, reference.name)) use(reference);
    }
  }
  return [...modules.values()]
    .filter((module) => CHECKED.test(module.path))
    .flatMap((module) =>
      [...module.exports]
        .filter(([name]) => !used.has(`${module.path} ${name}`))
        // What a door hands on is found where it is declared.
        .filter(([name, { from }]) => from === undefined && !usesItself(module, name))
        .map(([name, { at }]) => ({ path: module.path, line: lineOf(module.text, at), name })),
    );
}

/** Made for tests, no function, or used in its own file: there a test may be the only one that imports it. */
function mayServeTestsAlone(module: Module, name: string): boolean {
  return (
    FOR_TESTS.test(module.path) || module.exports.get(name)?.isFunction === false || usesItself(module, name)
  );
}

function usesItself({ text }: Module, name: string): boolean {
  return name !== '*' && (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1;
}

function readModule({ path: file, text }: SourceFile): Module {
  const exports = new Map<string, Exported>();
  const imports: Reference[] = [];
  const at = (specifier: string): string =>
    specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
  for (const { 1: word = '', 2: name = '', index } of text.matchAll(DECLARED))
    exports.set(name, { at: index, isFunction: word.startsWith('function') });
  for (const { 1: word, 2: only, 3: list = '', 4: specifier, index } of text.matchAll(LISTED)) {
    if (only !== undefined && specifier !== undefined) imports.push({ path: at(specifier), name: 'default' });
    for (const { inside, outside } of namesOf(list)) {
      const exported = { at: index, isFunction: false };
      if (word === 'import') imports.push({ path: at(specifier ?? ''), name: inside });
      else if (specifier === undefined) exports.set(outside, exported);
      else exports.set(outside, { ...exported, from: { path: at(specifier), name: inside } });
    }
  }
  for (const [, alias, called, bare] of text.matchAll(WHOLE))
    imports.push({ path: at(alias ?? called ?? bare ?? ''), name: '*' });
  const stars = [...text.matchAll(STAR)].map(([, specifier = '']) => at(specifier));
  return { path: file, text, exports, stars, imports };
}

function namesOf(list: string): { inside: string; outside: string }[] {
  const names = list.split(',').map((one) => one.trim().replace(/^type /, ''));
  return names
    .filter((one) => one !== '')
    .map((one) => {
      const [inside = '', outside = inside] = one.split(' as ');
      return { inside, outside };
    });
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** Reached by a package.json, by the test runner, or by a glob of the console. */
function entriesOf(root: string, files: readonly SourceFile[]): Set<string> {
  const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
  const entries = new Set(files.map(({ path: at }) => at).filter((at) => GLOBBED.test(at)));
  for (const folder of ['server', 'console', 'simulator', 'bench', 'e2e']) {
    const shown = read(`${folder}/package.json`).matchAll(/"\.\/([^"]+\.tsx?)"/g);
    for (const [, file = ''] of shown) entries.add(`${folder}/${file}`);
  }
  for (const [, file = ''] of read('vitest.config.ts').matchAll(/'([^'*]+\.ts)'/g)) entries.add(file);
  return entries;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const files = readSources(root, [...roots, 'scripts']);
  const unused = checkExports(files, entriesOf(root, files));
  for (const { path: at, line, name } of unused)
    process.stdout.write(`${at}:${line}: nobody imports ${name}\n`);
  process.exitCode = unused.length === 0 ? 0 : 1;
}
