import { boundsText } from '../../cli/index-text.ts';
import { gustFactors } from '../../physics/constants.ts';
import { type HazardMethod, physicsMethods } from '../../physics/index.ts';
import { indexMethods, russianClassTables } from '../index.ts';

/** The tables of docs/hazards-indices.md, written from what the code declares; a test holds them against the page. */

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function inputsOf({ quantities }: HazardMethod): string {
  return Object.entries(quantities)
    .map(([name, rule]) => `${name} ${boundsText(rule)}${rule.unit === '1' ? '' : ` ${rule.unit}`}`)
    .join('; ');
}

function methods(list: readonly HazardMethod[]): string {
  return table(
    ['method', 'source', 'range', 'inputs', 'check'],
    list.map((one) => [`\`${one.id}\`: ${one.title}`, one.source, one.range ?? '', inputsOf(one), one.check]),
  );
}

function classes(): string {
  return table(
    ['table', 'index', 'where', 'classes I to V', 'official', 'source'],
    russianClassTables.map(({ id, index, where, upTo, official, source }) => [
      `\`${id}\``,
      index,
      where,
      `${upTo.map((limit) => `to ${limit}`).join(', ')}, above`,
      official ? 'yes' : 'no',
      source,
    ]),
  );
}

function winds(): string {
  const factors = Object.entries(gustFactors).flatMap(([exposure, longer]) =>
    Object.entries(longer).flatMap(([from, shorter]) =>
      Object.entries(shorter).map(([to, factor]) => [exposure, `${from} s`, `${to} s`, factor.toFixed(2)]),
    ),
  );
  return table(['exposure', 'within a mean of', 'greatest mean of', 'factor'], factors);
}

const parts: Readonly<Record<string, () => string>> = {
  indices: () => methods(indexMethods),
  physics: () => methods(physicsMethods),
  classes,
  winds,
};

/** The page with its tables written anew between their marks. */
export function renewed(page: string): string {
  return Object.entries(parts).reduce((text, [name, write]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(open), text.indexOf(close)];
    if (from < 0 || to < from) throw new Error(`the page has no marks for ${name}`);
    return `${text.slice(0, from + open.length)}\n\n${write()}\n\n${text.slice(to)}`;
  }, page);
}
