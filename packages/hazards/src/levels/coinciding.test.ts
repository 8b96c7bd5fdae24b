import { describe, expect, it } from 'vitest';
import { decideRaise, type RaiseProposal, raiseProposals } from './coinciding.ts';
import { inventedCountry } from './testing/invented-country.ts';
import type { LevelVerdict, Verdict } from './verdict.ts';

const verdict = (
  hazard: string,
  level: number,
  driver: 'forecast' | 'observation' = 'forecast',
): LevelVerdict => ({
  kind: 'level',
  hazard,
  level,
  driver,
  rule: `rule of ${hazard}`,
  article: '7',
  inputs: [],
  attributes: {},
  choices: [],
  alsoHold: [],
  without: [],
  notAssessed: [],
});

const proposals = (verdicts: readonly Verdict[], chosen = {}) =>
  raiseProposals(inventedCountry, 'north', verdicts, chosen);

const proposal = (): RaiseProposal => {
  const [one] = proposals([verdict('sandstorm', 2), verdict('river', 3)]);
  if (!one) throw new Error('no proposal');
  return one;
};

const decision = {
  by: 'officer 7',
  at: '2026-01-01T12:00:00Z',
  raise: 1,
  reason: 'both valleys',
  seriousLoss: false,
};

describe('two hazards in one area', () => {
  it('give a proposal for the highest, with the steps of the law', () => {
    expect(proposals([verdict('sandstorm', 2), verdict('river', 3)])).toEqual([
      {
        kind: 'raise-proposal',
        area: 'north',
        article: '3',
        clause: '2',
        hazard: 'river',
        level: 3,
        hazards: [
          { hazard: 'river', driver: 'forecast', level: 3, rule: 'rule of river' },
          { hazard: 'sandstorm', driver: 'forecast', level: 2, rule: 'rule of sandstorm' },
        ],
        steps: [
          { by: 1, to: 4, seriousLoss: false },
          { by: 2, to: 5, seriousLoss: true },
        ],
        maximum: 5,
        choice: { choice: 'raise', chosen: 'the-highest' },
      },
    ]);
  });

  it('or one for each, if so chosen', () => {
    expect(
      proposals([verdict('sandstorm', 2), verdict('river', 3)], { raise: 'each' }).map(
        ({ hazard }) => hazard,
      ),
    ).toEqual(['river', 'sandstorm']);
  });

  it('never lead above the highest level', () => {
    expect(proposals([verdict('sandstorm', 4), verdict('river', 1)])[0]?.steps).toEqual([
      { by: 1, to: 5, seriousLoss: false },
      { by: 2, to: 5, seriousLoss: true },
    ]);
    expect(proposals([verdict('sandstorm', 5), verdict('river', 1)])).toEqual([]);
  });

  it('are not one hazard by forecast and by measurement, nor one of level 0', () => {
    expect(proposals([verdict('river', 3), verdict('river', 2, 'observation')])).toEqual([]);
    expect(proposals([verdict('river', 3), verdict('sandstorm', 0)])).toEqual([]);
  });
});

describe('a person decides', () => {
  it('and the record keeps both levels, the reason and the person', () => {
    expect(decideRaise(proposal(), decision)).toMatchObject({
      ...decision,
      kind: 'raise-record',
      assessed: 3,
      decided: 4,
    });
    expect(decideRaise(proposal(), { ...decision, raise: 0 })).toMatchObject({ assessed: 3, decided: 3 });
    expect(decideRaise(proposal(), { ...decision, raise: 2, seriousLoss: true })).toMatchObject({
      decided: 5,
    });
  });

  it.each([
    ['no-person', { by: ' ' }],
    ['no-reason', { reason: '' }],
    ['no-time', { at: 'now' }],
    ['no-such-step', { raise: 3 }],
    ['no-such-step', { raise: -1 }],
    ['serious-loss-not-stated', { raise: 2 }],
  ])('but not with %s', (why, change) => {
    expect(decideRaise(proposal(), { ...decision, ...change })).toEqual({ kind: 'raise-refused', why });
  });
});
