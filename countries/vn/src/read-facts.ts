/** From checked JSON to the types of the pack: one small reader for each kind of fact. */
import {
  type Category,
  type Country,
  type DutyRule,
  type EmergencyNumber,
  type FirstDispatch,
  type FirstMeasure,
  LANGUAGES,
  type Level,
  type Limit,
  type LocalText,
  type MessageTemplate,
  type Named,
  type Organisation,
  type Source,
  type Sourced,
  STRENGTHS,
  type SupervisionCategory,
  type Telephone,
  type TelephoneTemplate,
  type Timer,
} from './country-pack.ts';
import type { JsonNode } from './json-node.ts';

export type Sources = ReadonlyMap<string, Source>;

const LEVELS: readonly Level[] = ['national', 'province', 'station'];

export function readSources(file: JsonNode): Sources {
  return new Map(
    file
      .field('sources')
      .items()
      .map((node): [string, Source] => [
        node.field('key').text(),
        {
          code: node.field('key').text(),
          title: readLocalText(node.field('title')),
          ...(node.field('url').isAbsent ? {} : { url: node.field('url').text() }),
          strength: node.field('strength').oneOf(STRENGTHS),
        },
      ]),
  );
}

export function readSourced(node: JsonNode, sources: Sources): Sourced {
  const source = sources.get(node.field('source').text());
  if (!source) throw node.field('source').fail('names a source that sources.json does not hold');
  const official = node.field('official').boolean();
  if (official && source.strength !== 'official')
    throw node.fail(`is official, its source is ${source.strength}`);
  if (!official && node.field('note').isAbsent) throw node.fail('is not official and must say why in a note');
  return {
    official,
    source: source.title,
    sourceCode: source.code,
    ...(source.url === undefined ? {} : { sourceUrl: source.url }),
    strength: source.strength,
    ...(node.field('note').isAbsent ? {} : { note: node.field('note').text() }),
  };
}

export function readLocalText(node: JsonNode): LocalText {
  const [vi, en, ru, zh] = LANGUAGES.map((language) => node.field(language).text());
  return { vi: vi ?? '', en: en ?? '', ru: ru ?? '', zh: zh ?? '' };
}

export function readNamed(node: JsonNode, sources: Sources): Named {
  return {
    code: node.field('code').text(),
    names: readLocalText(node.field('names')),
    ...readSourced(node, sources),
  };
}

export function readCountry(node: JsonNode, sources: Sources): Country {
  return {
    ...readNamed(node, sources),
    languages: node
      .field('languages')
      .items()
      .map((language) => language.oneOf(LANGUAGES)),
    defaultLanguage: node.field('defaultLanguage').oneOf(LANGUAGES),
    timeZone: node.field('timeZone').text(),
    telephonePrefix: node.field('telephonePrefix').text(),
  };
}

export function readOrganisation(node: JsonNode, sources: Sources): Organisation {
  const textOrNull = (field: JsonNode) => (field.isAbsent ? null : field.text());
  return {
    ...readNamed(node, sources),
    level: node.field('level').oneOf(LEVELS),
    parent: textOrNull(node.field('parent')),
    province: textOrNull(node.field('province')),
  };
}

export function readTimer(node: JsonNode, sources: Sources): Timer {
  return {
    ...readNamed(node, sources),
    seconds: node.field('seconds').positive(),
    use: node.field('use').oneOf(['clock', 'comparison']),
    byCategory: readSecondsBy(node.field('byCategory')),
    byProvince: readSecondsBy(node.field('byProvince')),
  };
}

function readSecondsBy(node: JsonNode): Record<string, number> {
  if (node.isAbsent) return {};
  return Object.fromEntries(node.entries().map(([key, seconds]) => [key, seconds.positive()]));
}

export function readLimit(node: JsonNode, sources: Sources): Limit {
  return {
    code: node.field('code').text(),
    value: node.field('value').positive(),
    unit: node.field('unit').text(),
    ...readSourced(node, sources),
  };
}

export function readCategory(node: JsonNode, sources: Sources): Category {
  return { ...readNamed(node, sources), nationalSounds: node.field('nationalSounds').boolean() };
}

export function readSupervisionCategory(node: JsonNode, sources: Sources): SupervisionCategory {
  const alternative = node.field('alternativeSeconds');
  const paths = node.field('paths').positive();
  if (paths !== 1 && paths !== 2) throw node.field('paths').fail('is neither 1 nor 2');
  if (alternative.isAbsent !== (paths === 1)) throw alternative.fail('belongs to two paths');
  return {
    ...readNamed(node, sources),
    paths,
    seconds: node.field('seconds').positive(),
    alternativeSeconds: alternative.isAbsent ? null : alternative.positive(),
  };
}

export function readFirstMeasure(node: JsonNode, sources: Sources): FirstMeasure {
  return {
    code: node.field('code').text(),
    texts: readLocalText(node.field('texts')),
    ...(node.field('categories').isAbsent ? {} : { categories: node.field('categories').texts() }),
    ...readSourced(node, sources),
  };
}

export function readFirstDispatch(node: JsonNode, sources: Sources): FirstDispatch {
  return {
    category: node.field('category').text(),
    resources: node
      .field('resources')
      .items()
      .map((resource) => ({
        kind: resource.field('kind').text(),
        count: resource.field('count').positive(),
      })),
    ...readSourced(node, sources),
  };
}

export function readEmergencyNumber(node: JsonNode, sources: Sources): EmergencyNumber {
  return { ...readNamed(node, sources), number: node.field('number').text() };
}

export function readDutyRule(node: JsonNode, sources: Sources): DutyRule {
  return {
    level: node.field('level').oneOf(LEVELS),
    code: node.field('code').text(),
    minimumOfficers: node.field('minimumOfficers').positive(),
    texts: readLocalText(node.field('texts')),
    ...readSourced(node, sources),
  };
}

export function readMessage(node: JsonNode, sources: Sources): MessageTemplate {
  return {
    code: node.field('code').text(),
    subjects: readLocalText(node.field('subjects')),
    texts: readLocalText(node.field('texts')),
    ...readSourced(node, sources),
  };
}

export function readTelephone(node: JsonNode, sources: Sources): Telephone {
  return {
    keys: node
      .field('keys')
      .items()
      .map((key) => ({
        key: key.field('key').text(),
        answer: key.field('answer').oneOf(['real', 'false', 'checking', 'repeat']),
      })),
    templates: node
      .field('templates')
      .items()
      .map(
        (template): TelephoneTemplate => ({
          code: template.field('code').text(),
          channel: template.field('channel').oneOf(['voice', 'sms']),
          texts: {
            vi: template.field('texts').field('vi').text(),
            en: template.field('texts').field('en').text(),
          },
          ...readSourced(template, sources),
        }),
      ),
    ...readSourced(node, sources),
  };
}
