import type { Verdict } from '../levels/index.ts';
import { referenceText } from './country-text.ts';

const reasons: Readonly<Record<string, string>> = {
  below: 'below the lowest level of the article',
  place: 'the article does not speak of such a place',
  gap: 'the law leaves this open; a choice decides',
  'not-written': 'no rule covers this combination',
  elsewhere: 'the law leaves the level to somebody to set',
  contradiction: 'several rules hold; a person decides',
  driver: 'the article does not speak of such a verdict; a choice decides',
};

/** A verdict as a person reads it. */
export function verdictText(verdict: Verdict): string {
  const head = `${verdict.hazard}, by ${verdict.driver}`;
  const lines = [
    ...verdict.inputs.map(
      ({ input, value, unit }) => `  ${input} = ${value}${unit === 'word' ? '' : ` ${unit}`}`,
    ),
    ...Object.entries(verdict.attributes).map(([name, value]) => `  ${name} = ${value}`),
  ];
  const choices = verdict.choices.map(({ choice, chosen, alternatives }) => {
    const others = Object.entries(alternatives)
      .filter(([id]) => id !== chosen)
      .map(([id, outcome]) => `${id}: ${outcome}`);
    return `  rests on ${choice} = ${chosen} (${others.join('; ')})`;
  });
  if (verdict.kind === 'cannot-be-assessed')
    return [
      `${head}: CANNOT BE ASSESSED, needs ${verdict.needs.map(({ name }) => name).join(', ')}`,
      ...verdict.needs.map(({ name, why, unit, words: list }) =>
        [`  ${name} is ${why}`, list ? ` (${list.join(', ')})` : unit ? ` (${unit})` : ''].join(''),
      ),
      ...lines,
      ...choices,
    ].join('\n');
  if (verdict.kind === 'no-level')
    return [
      `${head}: NO LEVEL, ${reasons[verdict.because] ?? verdict.because}  [${referenceText(verdict)}]`,
      ...lines,
      ...choices,
    ].join('\n');
  return [
    `${head}: LEVEL ${verdict.level}  [${referenceText(verdict)}]`,
    ...lines,
    ...verdict.alsoHold.map(({ rule, level }) => `  ${rule} holds too: level ${level}`),
    ...verdict.without.map((name) => `  without ${name}: the level is at least this`),
    ...choices,
  ].join('\n');
}
