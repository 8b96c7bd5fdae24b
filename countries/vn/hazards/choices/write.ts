import type { Choice } from '@keng/hazards';

type Pair = readonly [vi: string, en: string];

const text = ([vi, en]: Pair) => ({ vi, en });

const common: Readonly<Record<string, Pair>> = {
  'no-level': ['không có cấp độ, người trực quyết định', 'no level, a person decides'],
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((level): readonly [string, Pair] => [
      `level-${level}`,
      [`cấp độ ${level}`, `level ${level}`],
    ]),
  ),
};

interface Written {
  readonly id: string;
  readonly article: string;
  readonly defect?: number;
  readonly label: Pair;
  /** By id; the first is the default. `no-level` and `level-N` need no words. */
  readonly alternatives: Readonly<Record<string, Pair | null>>;
  readonly reason: Pair;
  readonly question: Pair;
}

export function choice({ id, article, defect, label, alternatives, reason, question }: Written): Choice {
  const list = Object.entries(alternatives).map(([name, what]) => ({
    id: name,
    what: text(what ?? common[name] ?? [name, name]),
  }));
  return {
    id,
    article,
    ...(defect !== undefined && { defect }),
    label: text(label),
    alternatives: list,
    default: list[0]?.id ?? '',
    reason: text(reason),
    question: text(question),
  };
}

/** Why a hole in the law has no level until somebody fills it. */
export const leftOpen: Pair = [
  'Văn bản không có cấp độ cho trường hợp này; Keng không tự đặt.',
  'The text has no level for this case; Keng sets none by itself.',
];

/** Why the cautious reading stands where two readings contradict each other. */
export const cautious: Pair = [
  'Khi văn bản cho hai kết quả, mức cao hơn an toàn hơn cho người dân.',
  'Where the text gives two answers, the higher one is safer for people.',
];
