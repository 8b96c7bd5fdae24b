import { describe, expect, it } from 'vitest';
import { checkCountryRules } from './check-country.ts';
import type { CountryRules, RuleTable } from './rules.ts';
import { inventedCountry } from './testing/invented-country.ts';

const [sandstorm, river, locusts] = inventedCountry.tables as readonly [RuleTable, RuleTable, RuleTable];

const withTable = (change: Partial<RuleTable>): CountryRules => ({
  ...inventedCountry,
  tables: [{ ...sandstorm, ...change }, river, locusts],
});

describe('the rules of a country', () => {
  it('are sound', () => {
    expect(checkCountryRules(inventedCountry)).toEqual([]);
  });

  it.each([
    ['an unknown condition', withTable({ below: [{ when: { rain: { max: 1 } } }] }), 'asks for rain'],
    [
      'a word that cannot be',
      withTable({ below: [{ when: { desert: { oneOf: ['mud'] } } }] }),
      'can never be mud',
    ],
    ['an empty interval', withTable({ below: [{ when: { wind: { min: 5, max: 1 } } }] }), 'is empty'],
    ['a number compared with words', withTable({ below: [{ when: { desert: { min: 5 } } }] }), 'is a word'],
    [
      'a bound by an unknown attribute',
      withTable({ below: [{ when: { wind: { min: { attribute: 'mark' } } } }] }),
      'unknown attribute mark',
    ],
    [
      'an unknown choice',
      withTable({ below: [{ when: {}, under: { mood: ['good'] } }] }),
      'unknown choice mood',
    ],
    [
      'an unknown alternative',
      withTable({ below: [{ when: {}, under: { measured: ['maybe'] } }] }),
      'measured = maybe',
    ],
    ['a choice that is not listed', withTable({ choices: ['measured', 'calm'] }), 'does not list it'],
    [
      'a choice that is never used',
      withTable({ choices: [...sandstorm.choices, 'several', 'forecast-locusts'] }),
      'never uses it',
    ],
    [
      'a level above the highest',
      withTable({ rules: [{ id: 'x', article: '1', level: 6, cases: [] }] }),
      'the level 6',
    ],
    [
      'level 0 as a rule',
      withTable({ rules: [{ id: 'x', article: '1', level: 0, cases: [] }] }),
      'the level 0',
    ],
    ['a name without a language', withTable({ names: { vi: 'x' } }), 'missing in en'],
    [
      'a choice that asks nothing in a language',
      {
        ...inventedCountry,
        choices: inventedCountry.choices.map((one) => ({ ...one, question: { en: ' ' } })),
      },
      'a text of the choice measured is missing in en',
    ],
    [
      'a level without a colour in a language',
      {
        ...inventedCountry,
        levels: [
          { level: 1, names: { en: 'one' }, colour: {}, screen: { value: '#000000', unofficial: true } },
        ],
      },
      'a word of level 1 is missing in en',
    ],
    [
      'two hazards of one name',
      { ...inventedCountry, tables: [river, river] },
      'the hazard river stands twice',
    ],
    [
      'a default that is no alternative',
      { ...inventedCountry, choices: inventedCountry.choices.map((one) => ({ ...one, default: 'x' })) },
      'the default of measured',
    ],
  ] as const)('%s is found', (_name, rules, text) => {
    expect(checkCountryRules(rules).join('\n')).toContain(text);
  });
});
