import type { Case, Given, InputRule, Matcher, OneOf, Reference, Rule, Words } from '@keng/hazards';

/** Vietnamese first, then English, Russian and Chinese. */
export const words = (vi: string, en: string, ru: string, zh: string): Words => ({ vi, en, ru, zh });

export const oneOf = (...list: readonly string[]): OneOf => ({ oneOf: list });

/** A case without or with the choices under which it counts. */
export const when = (
  conditions: Readonly<Record<string, Matcher>>,
  under?: Readonly<Record<string, readonly string[]>>,
): Case => ({ when: conditions, ...(under && { under }) });

/** `44.2.a` is Article 44, clause 2, point a. */
export function placeInLaw(text: string): Reference {
  const [article = '', clause, point] = text.split('.');
  return { article, ...(clause !== undefined && { clause }), ...(point !== undefined && { point }) };
}

/** A rule of the text. */
export const rule = (id: string, level: Given, ...cases: readonly Case[]): Rule => ({
  id,
  ...placeInLaw(id),
  level,
  cases,
});

/** A combination that the text leaves open: the choice gives its level, or none. */
export const gap = (
  choice: string,
  article: string,
  levels: Readonly<Record<string, number>>,
  ...cases: readonly Case[]
): Rule => ({ id: `gap:${choice}`, ...placeInLaw(article), level: { choice, levels }, cases });

/** How long a measured value is used, and which of several counts: configuration of Keng, not of the law. */
export const input = (
  quantity: string,
  unit: string,
  what: Words,
  rest: Partial<InputRule> = {},
): InputRule => ({ quantity, unit, what, take: 'latest', freshForHours: 24, ...rest });
