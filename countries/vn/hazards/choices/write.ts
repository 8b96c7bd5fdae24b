import type { Choice } from '@keng/hazards';
import { words } from '../write.ts';

type Texts = Parameters<typeof words>;

const common: Readonly<Record<string, Texts>> = {
  'no-level': [
    'không có cấp độ, người trực quyết định',
    'no level, a person decides',
    'уровня нет, решает дежурный',
    '不定级，由值班员决定',
  ],
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((level): readonly [string, Texts] => [
      `level-${level}`,
      [`cấp độ ${level}`, `level ${level}`, `уровень ${level}`, `${level}级`],
    ]),
  ),
};

interface Written {
  readonly id: string;
  readonly article: string;
  readonly defect?: number;
  readonly label: Texts;
  /** By id; the first is the default. `no-level` and `level-N` need no words. */
  readonly alternatives: Readonly<Record<string, Texts | null>>;
  readonly reason: Texts;
  readonly question: Texts;
}

export function choice({ id, article, defect, label, alternatives, reason, question }: Written): Choice {
  const list = Object.entries(alternatives).map(([name, own]) => {
    const what = own ?? common[name];
    if (!what) throw new Error(`the alternative ${name} of ${id} has no words`);
    return { id: name, what: words(...what) };
  });
  return {
    id,
    article,
    ...(defect !== undefined && { defect }),
    label: words(...label),
    alternatives: list,
    default: list[0]?.id ?? '',
    reason: words(...reason),
    question: words(...question),
  };
}

/** Why a hole in the law has no level until somebody fills it. */
export const leftOpen: Texts = [
  'Văn bản không có cấp độ cho trường hợp này; Keng không tự đặt.',
  'The text has no level for this case; Keng sets none by itself.',
  'Для этого случая в тексте нет уровня; Keng сам его не назначает.',
  '条文对此情形未规定级别；Keng不自行定级。',
];

/** Why the cautious reading stands where two readings contradict each other. */
export const cautious: Texts = [
  'Khi văn bản cho hai kết quả, mức cao hơn an toàn hơn cho người dân.',
  'Where the text gives two answers, the higher one is safer for people.',
  'Если текст даёт два ответа, больший безопаснее для людей.',
  '条文得出两种结果时，取高者对民众更安全。',
];
