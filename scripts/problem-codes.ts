import fs from 'node:fs';
import path from 'node:path';

/** A refusal that a source file can answer, and where it is written. */
export interface ProblemCode {
  readonly code: string;
  /** `server/src/works/rules.ts:12` */
  readonly at: string;
}

/** `new Problem(409, 'works.over'`, `conflict('...`, `invalid('...`: the code is the first text. */
const MADE = /(?:new Problem\(\s*[\w.]+,|\bconflict\(|\binvalid\()\s*(['`])([^'`]+)\1/g;
/** `notFound('works', id)` makes `works.not-found`. */
const NOT_FOUND = /\bnotFound\(\s*'([^']+)'/g;
/** Tables of refusals, each code with its sentence: `[415, 'body.media-type', 'This route ...'`. */
const TABLED = /\[\s*(?:\d{3},\s*)?'([a-z][a-z0-9-]*\.[a-z0-9-]+)',\s*'[^' ]+ /g;
/** Files refused by the workshop, rows by their reader: `new Refused('plan.broken'`, `code: 'works.call-point'`. */
const NAMED = /(?:\bRefused\(|\bheaderProblem\(|\bcode:)\s*'([a-z][a-z0-9-]*\.[a-z0-9-]+)'/g;

/** Codes written in one source. Text that is put together at run time is not among them. */
export function problemCodes(file: string, text: string): ProblemCode[] {
  const found = (pattern: RegExp, codeOf: (match: RegExpMatchArray) => string | undefined) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const code = codeOf(match);
      const line = text.slice(0, match.index).split('\n').length;
      return code === undefined || code.includes('${') ? [] : [{ code, at: `${file}:${line}` }];
    });
  return [
    ...found(MADE, (match) => match[2]),
    ...found(NOT_FOUND, (match) => `${match[1]}.not-found`),
    ...found(TABLED, (match) => match[1]),
    ...found(NAMED, (match) => match[1]),
  ];
}

/** Of all sources below a folder, tests and what serves them apart. */
export function problemCodesBelow(root: string, folder: string): ProblemCode[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return problemCodesBelow(root, file);
    if (!/\.ts$/.test(entry.name) || /\.(test|fixture)\.ts$/.test(entry.name)) return [];
    return problemCodes(file, fs.readFileSync(path.join(root, file), 'utf8'));
  });
}
