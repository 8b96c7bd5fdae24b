import type { CountryTables } from './countries.ts';
import { seriesIndices } from './index-series.ts';
import { allMethods, methodsText, methodText } from './index-text.ts';
import { valueIndices } from './index-values.ts';
import { type Answer, type Terminal, UsageError, type Words } from './words.ts';

/** What `hazards index` can calculate, for the help. */
export const indexHelp = [...Object.entries(seriesIndices), ...Object.entries(valueIndices)]
  .map(([name, { inputs }]) => `  index ${name} ${inputs}`)
  .join('\n');

/**
 * `hazards index`: every index and model; `hazards index METHOD-ID`: one with source, check and ranges;
 * `hazards index NAME ...`: a calculation, its inputs as `name=value` or in a file.
 */
export function indexCommand(words: Words, countries: CountryTables, terminal: Terminal): Answer {
  const [name] = words.plain;
  if (name === undefined)
    return {
      json: allMethods.map(({ id, title, source, check, range, quantities }) => ({
        id,
        title,
        source,
        check,
        range,
        quantities,
      })),
      text: `${methodsText()}\n\n${indexHelp}`,
      given: true,
    };
  const byFile = Object.hasOwn(seriesIndices, name) ? seriesIndices[name] : undefined;
  if (byFile) return byFile.run(words, terminal, countries);
  const byValues = Object.hasOwn(valueIndices, name) ? valueIndices[name] : undefined;
  if (byValues) {
    if (Object.keys(words.options).length > 0) throw new UsageError(`index ${name} takes ${byValues.inputs}`);
    return byValues.run(words.inputs, words, countries);
  }
  const method = allMethods.find(({ id }) => id === name);
  if (!method) throw new UsageError(`there is no index ${name}; \`hazards index\` lists them`);
  const { id, title, source, check, range, quantities } = method;
  return { json: { id, title, source, check, range, quantities }, text: methodText(method), given: true };
}
