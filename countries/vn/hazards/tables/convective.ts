import type { RuleTable } from '@keng/hazards';
import { gap, input, oneOf, rule, when, words } from '../write.ts';
import { extents, extentWhat } from './attributes.ts';

/** Article 52. */
export const convective: RuleTable = {
  hazard: 'tornado-lightning-hail',
  article: '52',
  names: words('lốc, sét, mưa đá', 'tornado, lightning, hail', 'смерч, молния, град', '龙卷、雷电、冰雹'),
  inputs: {
    extent: input('convective.extent', 'word', extentWhat, { words: extents, freshForHours: 3 }),
  },
  attributes: {},
  forecast: 'written',
  observation: { choice: 'observation.same-table', allow: 'same-table' },
  rules: [
    rule('52.1', 1, when({ extent: oneOf('under-half', 'several-apart') })),
    rule('52.2', 2, when({ extent: oneOf('exactly-half', 'over-half') })),
    gap('convective.many-provinces', '52', { 'level-1': 1, 'level-2': 2 }, when({ extent: oneOf('many') })),
  ],
  below: [when({ extent: oneOf('none') })],
  overlap: { choice: 'overlap.highest' },
  choices: ['convective.many-provinces', 'observation.same-table'],
};
