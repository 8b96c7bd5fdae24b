import { type CountryPack, LANGUAGES, type Sourced, type SpokenLanguage } from './country-pack.ts';
import { isCrossed, isInside, type Point, ringArea } from './geometry.ts';

/** Timers that the program asks for by code: a pack without one of them cannot be used. */
export const REQUIRED_TIMERS = [
  'owner.answer',
  'owner.recall',
  'desk.accept',
  'station.accept',
  'station.turnout',
  'unclaimed.escalate',
  'national.escalate',
  'province.silent',
  'desk.sound-blocked',
  'desk.screen-asleep',
  'desk.screen-hidden',
  'desk.unclaimed',
  'duty-check.unclaimed',
  'shift.missing',
  'shelf.maximum',
  'dispatch.reminder',
  'correlation.window',
  'chatter.window',
  'works.maximum',
  'works.reminder',
  'notify.retry',
  'notify.retry-maximum',
  'notify.next-way',
  'transmitter.acknowledge',
  'transmitter.silent',
] as const;

export const REQUIRED_LIMITS = [
  'contacts.minimum',
  'first-dispatch.engines',
  'chatter.count',
  'notify.attempts',
  'contact.unanswered-in-a-row',
] as const;

const PLACEHOLDERS = ['facility', 'address', 'zone', 'time'];
const SPOKEN: readonly SpokenLanguage[] = ['vi', 'en'];

/**
 * Everything that is wrong with a country pack beyond its types, one line each; empty when the pack is whole.
 * Reading the pack already refuses missing fields, unknown sources and doubled codes.
 */
export function checkCountryPack(pack: CountryPack): string[] {
  return [
    ...missing('timer', REQUIRED_TIMERS, codesOf(pack.timers)),
    ...missing('limit', REQUIRED_LIMITS, codesOf(pack.limits)),
    ...checkReferences(pack),
    ...checkOrganisations(pack),
    ...checkTelephone(pack),
    ...checkMessages(pack),
    ...checkAreas(pack),
    ...checkTexts(pack),
    ...checkSources(pack),
  ];
}

function codesOf(items: readonly { readonly code: string }[]): Set<string> {
  return new Set(items.map((item) => item.code));
}

function missing(what: string, wanted: Iterable<string>, has: ReadonlySet<string>): string[] {
  return [...wanted].filter((code) => !has.has(code)).map((code) => `${what} "${code}" is missing`);
}

function checkReferences(pack: CountryPack): string[] {
  const categories = codesOf(pack.categories);
  const named = new Set(pack.firstDispatch.map((d) => d.category).filter((code) => code !== '*'));
  return [
    ...(pack.firstDispatch.some((d) => d.category === '*') ? [] : ['firstDispatch has no line for "*"']),
    ...missing('category', named, categories),
    ...missing(
      'category',
      pack.firstMeasures.flatMap((m) => m.categories ?? []),
      categories,
    ),
    ...missing(
      'category',
      pack.timers.flatMap((t) => Object.keys(t.byCategory)),
      categories,
    ),
    ...missing(
      'province',
      pack.timers.flatMap((t) => Object.keys(t.byProvince)),
      codesOf(pack.areas.provinces),
    ),
    ...missing(
      'resource kind',
      pack.firstDispatch.flatMap((d) => d.resources.map((r) => r.kind)),
      codesOf(pack.resourceKinds),
    ),
  ];
}

function checkOrganisations({ organisations, areas }: CountryPack): string[] {
  const national = organisations.filter((o) => o.level === 'national').length;
  const desks = new Set(organisations.filter((o) => o.level === 'province').map((o) => o.province ?? ''));
  return [
    ...(national === 1 ? [] : [`there are ${national} national desks`]),
    ...missing('desk of province', codesOf(areas.provinces), desks),
    ...missing(
      'organisation',
      organisations.flatMap((o) => o.parent ?? []),
      codesOf(organisations),
    ),
  ];
}

function checkTelephone({ telephone }: CountryPack): string[] {
  const answers = new Set<string>(telephone.keys.map((k) => k.answer));
  return [
    ...missing('telephone key for', ['real', 'false', 'checking'], answers),
    ...telephone.templates.flatMap((template) => {
      const [first, ...others] = SPOKEN.map((language) => placeholdersOf(template.texts[language]));
      return [
        ...missing(
          `placeholder of "${template.code}"`,
          first?.split(' ').filter(Boolean) ?? [],
          new Set(PLACEHOLDERS),
        ),
        ...(others.every((other) => other === first)
          ? []
          : [`"${template.code}" has other placeholders in another language`]),
      ];
    }),
  ];
}

/** Messages that the program sends by e-mail and web push. */
export const REQUIRED_MESSAGES = [
  'alarm',
  'dispatched',
  'closed',
  'works-reminder',
  'works-ended',
  'contact-silent',
  'contact-returned',
] as const;

function checkMessages({ messages }: CountryPack): string[] {
  const known = new Set(PLACEHOLDERS);
  return [
    ...missing('message', REQUIRED_MESSAGES, codesOf(messages)),
    ...messages.flatMap(({ code, subjects, texts }) =>
      [subjects, texts].flatMap((local) => {
        const used = LANGUAGES.map((language) => placeholdersOf(local[language]));
        return [
          ...missing(`placeholder of "${code}"`, used[0]?.split(' ').filter(Boolean) ?? [], known),
          ...(used.every((one) => one === used[0])
            ? []
            : [`"${code}" has other placeholders in another language`]),
        ];
      }),
    ),
  ];
}

function placeholdersOf(text: string): string {
  const names = [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort().join(' ');
}

function checkAreas({ areas }: CountryPack): string[] {
  const provinces = codesOf(areas.provinces);
  return [...areas.provinces, ...areas.specialZones].flatMap((area) => [
    ...(provinces.has(area.province) ? [] : [`area ${area.code} belongs to no province`]),
    ...(area.kind === 'special-zone' || isInside(area.labelPoint, area.geometry.coordinates)
      ? []
      : [`the label of area ${area.code} stands outside it`]),
    ...area.geometry.coordinates.flatMap((polygon) =>
      polygon.flatMap((ring, i) => checkRing(ring, i === 0).map((fault) => `area ${area.code}: ${fault}`)),
    ),
  ]);
}

function checkRing(ring: readonly Point[], outer: boolean): string[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) return ['a ring has fewer than 4 points'];
  return [
    ...(first[0] === last[0] && first[1] === last[1] ? [] : ['a ring is not closed']),
    ...(ringArea(ring) > 0 === outer ? [] : ['a ring is wound the wrong way']),
    ...(crossesItself(ring) ? ['a ring crosses itself'] : []),
  ];
}

function crossesItself(ring: readonly Point[]): boolean {
  for (let i = 0; i + 1 < ring.length; i += 1) {
    for (let j = i + 2; j + 1 < ring.length; j += 1) {
      const [a, b, c, d] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
      if (a && b && c && d && isCrossed(a, b, c, d)) return true;
    }
  }
  return false;
}

/** Every text in four languages must be there in all four. */
function checkTexts(pack: CountryPack): string[] {
  const faults: string[] = [];
  walk(pack, '', (value, at) => {
    if (!('vi' in value && ('ru' in value || 'zh' in value))) return;
    const empty = LANGUAGES.filter(
      (language) => typeof value[language] !== 'string' || value[language] === '',
    );
    if (empty.length > 0) faults.push(`${at} has no text in ${empty.join(', ')}`);
  });
  return faults;
}

/** Every fact has a source; what is not official says why. */
function checkSources(pack: CountryPack): string[] {
  const faults: string[] = [];
  walk(pack, '', (value, at) => {
    if (!('official' in value)) return;
    // Only facts carry the field.
    const fact = value as unknown as Sourced;
    if (!fact.sourceCode) faults.push(`${at} has no source`);
    if (!fact.official && !fact.note) faults.push(`${at} is not official and does not say why`);
    if (fact.official && fact.strength !== 'official') faults.push(`${at} is official, its source is not`);
  });
  return faults;
}

function walk(value: unknown, at: string, visit: (value: Record<string, unknown>, at: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  // Any non-null object has string keys.
  if (!Array.isArray(value)) visit(value as Record<string, unknown>, at);
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'coordinates' && key !== 'topology') walk(child, at ? `${at}.${key}` : key, visit);
  }
}
