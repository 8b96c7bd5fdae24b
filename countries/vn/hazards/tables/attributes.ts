import type { AttributeRule } from '@keng/hazards';
import { landRegions, seaRegions } from '../regions.ts';
import { words } from '../write.ts';

/** Asked for by most tables: the region of the law that the area lies in. */
export const region: AttributeRule = {
  what: words(
    'khu vực theo Quyết định 18/2021',
    'region named by Decision 18/2021',
    'район по Решению 18/2021',
    '第18/2021号决定所称区域',
  ),
  words: [...landRegions, ...seaRegions],
};

/** How much of a province, or how many provinces. */
export const extents = ['none', 'under-half', 'exactly-half', 'over-half', 'several-apart', 'many'] as const;

export const extentWhat = words(
  'phạm vi: dưới, đúng hoặc hơn 1/2 số xã của 1 tỉnh; nhiều tỉnh không liền kề; nhiều tỉnh',
  'extent: under, exactly or over half of the units of one province; several provinces apart; many provinces',
  'охват: меньше, ровно или больше половины общин одной провинции; несколько несмежных провинций; многие провинции',
  '范围：一省不足、恰为或超过半数基层单位；多个不相邻省；多省',
);
