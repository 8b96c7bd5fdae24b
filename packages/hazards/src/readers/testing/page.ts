import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { READ_ERRORS, READ_RULES, type ReadRule } from '../finding.ts';
import { DEFAULT_READ_LIMITS } from '../limits.ts';
import { QUANTITIES } from '../quantities.ts';
import { READER_NAMES } from '../reading.ts';
import { STATION_COLUMNS, STATION_UNITS, stationTemplate } from '../station/template.ts';
import { SHARED_FILES, SOURCES } from './sources.ts';

/** The tables of docs/hazards-readers.md, written from what the code declares; a test holds them against the page. */

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** Rules that a file of the readers says, in the order of the table. */
export function rulesIn(files: readonly string[]): readonly ReadRule[] {
  const text = files.map((file) => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8')).join('\n');
  return (Object.keys(READ_RULES) as ReadRule[]).filter((rule) => text.includes(`'${rule}'`));
}

const words = (rules: readonly ReadRule[]): string => rules.map((rule) => `\`${rule}\``).join(', ');

function readers(): string {
  const shared = new Set(rulesIn(SHARED_FILES));
  return READER_NAMES.map((name) => {
    const { title, document, file, files, fields, units, quirks, check } = SOURCES[name];
    const own = rulesIn(files).filter((rule) => !shared.has(rule));
    return [
      `### ${name}: ${title}`,
      '',
      `- Source: ${document}`,
      `- Reader: \`packages/hazards/src/readers/${file}\``,
      `- Fields read: ${fields}`,
      `- Units: ${units}`,
      `- Checked: ${check}`,
      `- Rules of its own: ${words(own)}`,
      '',
      ...quirks.map((quirk) => `  - ${quirk}`),
    ].join('\n');
  }).join('\n\n');
}

const ruleTable = (): string =>
  table(
    ['rule', 'severity', 'meaning'],
    Object.entries(READ_RULES).map(([rule, [severity, meaning]]) => [`\`${rule}\``, severity, meaning]),
  );

const errorTable = (): string =>
  table(
    ['code', 'meaning'],
    Object.entries(READ_ERRORS).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );

const limitTable = (): string =>
  table(
    ['limit', 'default'],
    Object.entries(DEFAULT_READ_LIMITS).map(([name, limit]) => [`\`${name}\``, limit.toLocaleString('en')]),
  );

const quantityTable = (): string =>
  table(
    ['quantity', 'unit', 'possible', 'source of the range'],
    Object.entries(QUANTITIES).map(([name, { unit, minimum, maximum, source }]) => [
      `\`${name}\``,
      unit,
      `${minimum.toLocaleString('en')} to ${maximum.toLocaleString('en')}`,
      source,
    ]),
  );

function stationForm(): string {
  const columns = table(
    ['column', 'needed', 'what'],
    STATION_COLUMNS.map(({ name, required, what }) => [`\`${name}\``, required ? 'yes' : '', what]),
  );
  const units = Object.entries(STATION_UNITS).map(([written, unit]) => `\`${written}\` for \`${unit}\``);
  const example = stationTemplate()
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `${columns}\n\nUnits may also be written ${units.join(', ')}.\n\n${example}`;
}

const parts: Readonly<Record<string, () => string>> = {
  readers,
  rules: ruleTable,
  errors: errorTable,
  limits: limitTable,
  quantities: quantityTable,
  'station-form': stationForm,
};

/** The page with its tables as the code has them now. */
export function renewed(page: string): string {
  return Object.entries(parts).reduce((text, [name, write]) => {
    const begin = `<!-- begin: ${name} -->`;
    const end = `<!-- end: ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`);
    return `${text.slice(0, from + begin.length)}\n\n${write()}\n\n${text.slice(to)}`;
  }, page);
}
