import { rangeText } from '../cli/model-commands.ts';
import type { AnyModel } from '../model.ts';
import { models } from '../models/index.ts';
import { packs } from '../packs.ts';
import { molarMassKgMol, substances } from '../substances.ts';
import { interventionLevels, thresholdLists } from '../thresholds.ts';

/** The tables of docs/consequences.md, written from what the code declares; a test holds them against the page. */

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function rangesOf(model: AnyModel): string {
  return Object.entries(model.inputs)
    .map(([name, rule]) => {
      if (rule.kind === 'choice') return `${name}: ${rule.choices.join(', ')}`;
      const initial = rule.default === undefined ? '' : ` (${rule.default})`;
      return `${name} ${rangeText(rule)}${rule.unit === '1' ? '' : ` ${rule.unit}`}${initial}`;
    })
    .join('; ');
}

function modelTables(): string {
  const families = [...new Set(models.map(({ id }) => id.split('.')[0] ?? ''))];
  return families
    .map((family) => {
      const members = models.filter(({ id }) => id.split('.')[0] === family);
      const rows = members.map((model) => [
        `\`${model.id}\`: ${model.title}`,
        model.pack,
        model.source,
        model.range === undefined ? rangesOf(model) : `${model.range}; ${rangesOf(model)}`,
        model.check,
      ]);
      return `### ${family}\n\n${table(['model', 'pack', 'source', 'inputs: range (default)', 'check'], rows)}`;
    })
    .join('\n\n');
}

function packTable(): string {
  return table(
    ['pack', 'title', 'edition', 'where'],
    Object.entries(packs).map(([id, { title, edition, where }]) => [id, title, edition, where]),
  );
}

function substanceTable(): string {
  return table(
    ['id', 'UN', 'g/mol', 'kg/(m² s)', 'kJ/kg', 'kg/m³', 'k beta 1/m', 'toxic', 'Order 404'],
    substances.map((one) => {
      const molar = molarMassKgMol(one);
      const { pool } = one;
      return [
        one.id,
        String(one.unNumber ?? ''),
        molar === undefined ? '' : (molar * 1000).toFixed(3),
        String(pool?.burningRateKgM2S ?? ''),
        String(pool?.heatOfCombustionKjKg ?? ''),
        String(pool?.densityKgM3 ?? ''),
        String(pool?.kBetaPerM ?? ''),
        one.toxic ?? '',
        one.order404 ?? '',
      ];
    }),
  );
}

function thresholdTable(): string {
  const { oil1, oil2First7Days, oil2Later, oil3, unit, source } = interventionLevels;
  return [
    table(
      ['list', 'source', 'levels'],
      thresholdLists.map(({ id, unit: of, source: from, levels }) => [
        id,
        from,
        levels.map(({ level, what }) => `${level} ${of} ${what}`).join('; '),
      ]),
    ),
    `\nOperational intervention levels (${source}): OIL1 ${oil1} ${unit}; OIL2 ${oil2First7Days} ${unit} in the first 7 days, then ${oil2Later}; OIL3 ${oil3}. They are configuration: other editions differ.`,
  ].join('\n');
}

const parts: Readonly<Record<string, () => string>> = {
  packs: packTable,
  models: modelTables,
  substances: substanceTable,
  thresholds: thresholdTable,
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
