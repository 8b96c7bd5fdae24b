import type { Answer } from '../cli.ts';
import { compare } from '../compare.ts';
import { reachText } from './contour-command.ts';
import { inputsOf, modelNamed, needed, numberOf, readWords, shown, UsageError, type Words } from './words.ts';

export function compareCommand(words: Words): Answer {
  const level = numberOf(needed(words, 'level'), 'level');
  const methods = words.options.method ?? [];
  if (methods.length < 2) throw new UsageError('compare wants --method twice or more');
  const comparison = compare(
    methods.map((text) => {
      const one = readWords(text.split(/\s+/).filter((word) => word !== ''));
      const model = modelNamed(one.plain[0]);
      const { output = Object.keys(model.outputs)[0] ?? '', ...given } = one.inputs;
      return { model, output, level, inputs: inputsOf(model, given) };
    }),
  );
  const { spread } = comparison;
  return {
    json: comparison,
    text: [
      ...comparison.methods.map(
        ({ model, pack, edition, output, unit, reach }) =>
          `${model} [${pack}, ${edition}] ${output} ${level} ${unit}: ${reachText(reach)}`,
      ),
      spread
        ? `spread: ${shown(spread.leastM)} to ${shown(spread.greatestM)} m, factor ${spread.ratio.toFixed(2)}`
        : 'no spread: fewer than two methods gave a distance',
    ].join('\n'),
    given: spread !== null,
  };
}
