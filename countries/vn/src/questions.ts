/** Questions a program asks of a country pack. Pure functions over its data. */
import type {
  Area,
  CountryPack,
  FirstDispatch,
  FirstMeasure,
  Language,
  SpokenLanguage,
  Timer,
} from './country-pack.ts';
import { isInside, type Point } from './geometry.ts';

/** A code was asked for that the country pack does not hold. */
export class UnknownCode extends Error {
  override readonly name = 'UnknownCode';
  readonly code: string;

  constructor(what: string, code: string) {
    super(`the country pack has no ${what} "${code}"`);
    this.code = code;
  }
}

export interface TimerAnswer {
  readonly seconds: number;
  /** Which line of the data gave the seconds. */
  readonly because: 'category' | 'province' | 'default';
  readonly timer: Timer;
}

/**
 * The seconds of a timer at a place. A category's own value goes before a province's, which goes before the default.
 *
 * @throws UnknownCode when the pack has no such timer
 */
export function timerFor(
  pack: Pick<CountryPack, 'timers'>,
  code: string,
  where: { readonly category?: string | undefined; readonly province?: string | undefined } = {},
): TimerAnswer {
  const timer = pack.timers.find((t) => t.code === code);
  if (!timer) throw new UnknownCode('timer', code);
  const byCategory = where.category === undefined ? undefined : timer.byCategory[where.category];
  if (byCategory !== undefined) return { seconds: byCategory, because: 'category', timer };
  const byProvince = where.province === undefined ? undefined : timer.byProvince[where.province];
  if (byProvince !== undefined) return { seconds: byProvince, because: 'province', timer };
  return { seconds: timer.seconds, because: 'default', timer };
}

/** The value of a limit, for example `contacts.minimum`. @throws UnknownCode */
export function limitOf(pack: Pick<CountryPack, 'limits'>, code: string): number {
  const limit = pack.limits.find((l) => l.code === code);
  if (!limit) throw new UnknownCode('limit', code);
  return limit.value;
}

/** The configured first dispatch for a category of use, or the line for all the others. @throws UnknownCode */
export function firstDispatchFor(pack: Pick<CountryPack, 'firstDispatch'>, category: string): FirstDispatch {
  const line =
    pack.firstDispatch.find((d) => d.category === category) ??
    pack.firstDispatch.find((d) => d.category === '*');
  if (!line) throw new UnknownCode('first dispatch for', category);
  return line;
}

/** The first measures for a category of use, in the order in which they are shown and read out. */
export function firstMeasuresFor(pack: Pick<CountryPack, 'firstMeasures'>, category: string): FirstMeasure[] {
  return pack.firstMeasures.filter((m) => m.categories === undefined || m.categories.includes(category));
}

/** The province whose outline holds the point, special zones counted in; undefined in the open sea or abroad. */
export function provinceAt(pack: Pick<CountryPack, 'areas'>, point: Point): Area | undefined {
  return pack.areas.provinces.find((area) => isInside(point, area.geometry.coordinates));
}

/**
 * Subject and text of a message with their placeholders filled; as {@link telephoneText}.
 *
 * @throws UnknownCode
 */
export function messageText(
  pack: Pick<CountryPack, 'messages'>,
  code: string,
  language: Language,
  values: Readonly<Record<string, string>>,
): { readonly subject: string; readonly text: string } {
  const template = pack.messages.find((one) => one.code === code);
  if (!template) throw new UnknownCode('message', code);
  const filled = (text: string) =>
    text.replace(/\{([a-z]+)\}/g, (_, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) throw new UnknownCode(`value for {${name}} in the message`, code);
      return value;
    });
  return { subject: filled(template.subjects[language]), text: filled(template.texts[language]) };
}

/**
 * A text for the telephone with its placeholders filled. Braces in the values are taken as they are.
 *
 * @throws UnknownCode when the pack has no such template, or when a placeholder of it has no value: a call that
 *   says "{address}" is worse than an error that is seen in a test
 */
export function telephoneText(
  pack: Pick<CountryPack, 'telephone'>,
  code: string,
  language: SpokenLanguage,
  values: Readonly<Record<string, string>>,
): string {
  const template = pack.telephone.templates.find((t) => t.code === code);
  if (!template) throw new UnknownCode('telephone text', code);
  return template.texts[language].replace(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new UnknownCode(`value for {${name}} in the telephone text`, code);
    return value;
  });
}
