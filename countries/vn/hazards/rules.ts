import type { CountryRules } from '@keng/hazards';
import { generalChoices } from './choices/general.ts';
import { landChoices } from './choices/land.ts';
import { waterChoices } from './choices/water.ts';
import { tables } from './tables/index.ts';
import { levelWords } from './words.ts';

/** Decision 18/2021/QĐ-TTg, Articles 4 and 42 to 56. */
export const vietNamHazards: CountryRules = {
  country: 'vn',
  edition: 'Quyết định 18/2021/QĐ-TTg',
  validFrom: '2021-07-01',
  source:
    'Pháp điển, chủ đề 24.10, Điều 24.10.QĐ.5.1-63 (Bộ Tư pháp; bản công khai ngày 13/5/2026, không ghi sửa đổi)',
  languages: ['vi', 'en', 'ru', 'zh'],
  tables,
  choices: [...generalChoices, ...waterChoices, ...landChoices],
  levels: levelWords,
  coincidence: {
    article: '4',
    clause: '4',
    raises: [
      { by: 1, seriousLoss: false },
      { by: 2, seriousLoss: true },
    ],
    maximum: 5,
    choice: 'coincidence.raise',
  },
};
