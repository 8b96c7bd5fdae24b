import { describe, expect, test } from 'vitest';
import { checkRead } from './check.ts';
import { corpusBytes, corpusJson, corpusNames, inventory, withoutCorpus } from './corpus.fixture.ts';
import { CapError } from './finding.ts';
import { type AlertRead, readCap } from './read/read-cap.ts';

/** What is no XML at all: the issuers' own JSON, and lists of addresses. */
const messages = inventory().filter((row) => row.root !== 'json');
const skipped = withoutCorpus === null ? '' : ` (skipped: ${withoutCorpus})`;

describe.skipIf(withoutCorpus !== null)(`real messages${skipped}`, () => {
  test.each(messages)('$path gives the counts of its inventory', (row) => {
    const read = attempt(row.path);
    if (read instanceof CapError) {
      // One has bytes that are not of its encoding; one a DOCTYPE with an entity that reads files.
      expect(read.code).toBe(
        row.schema_verdict === 'not well-formed' ? 'encoding-invalid' : 'doctype-refused',
      );
      return;
    }
    const [first] = read.alerts;
    const wanted = {
      alerts: row.alerts,
      ...(first && { infos: row.infos, sent: row.sent, ...shapesOf(row) }),
    };
    expect({ alerts: String(read.alerts.length), ...(first && countsOf(first)) }).toEqual(wanted);
  });

  test.each(messages.filter((row) => row.schema))('$path gets the verdict of its schema', (row) => {
    const read = attempt(row.path);
    if (read instanceof CapError) return expect(read.code).toBe('doctype-refused');
    const invalid = read.alerts.filter((one) => one.findings.some(({ rule }) => rule.startsWith('schema.')));
    const verdict = row.schema_verdict ?? '';
    const number = /\((\d+) of/.exec(verdict)?.[1];
    if (number !== undefined) expect(invalid).toHaveLength(Number(number));
    else if (verdict === 'no schema') expect(invalid).not.toHaveLength(0);
    else expect(invalid.length > 0 ? 'invalid' : 'valid').toBe(verdict);
  });
});

interface Invalid {
  readonly file: string;
  readonly rule: string;
}

/** The rule that must be named for each sentence of the manifest. */
const RULES: Readonly<Record<string, string>> = {
  'required element': 'schema.missing',
  'sequence order': 'schema.order',
  enumeration: 'schema.word',
  'Z not allowed by pattern': 'schema.time',
  'fractional seconds': 'schema.time',
  namespace: 'schema.namespace',
  'no extension elements': 'schema.unknown',
  'xs:language': 'schema.language',
  'category required': 'schema.missing',
  'deprecated CAP 1.0 value': 'schema.word',
  'areaDesc required': 'schema.missing',
  'sequence order inside area': 'schema.order',
  'well-formedness': 'not-well-formed',
  'DOCTYPE must be refused (policy)': 'doctype-refused',
  'Update needs references': 'references.missing',
  'triples sender,identifier,sent (seen in FMI feed)': 'references.form',
  'triples are blank separated': 'references.form',
  'self reference': 'references.self',
  'no blanks, commas, < or &': 'identifier.characters',
  'sent later than effective by 7 h: local time labelled UTC': 'sent.offset',
  'first = last': 'polygon.open',
  'latitude first; 105 > 90': 'polygon.latitude',
  'self-intersection': 'polygon.crossing',
  separator: 'polygon.form',
  'radius is km: 25000 km exceeds half the globe': 'circle.globe',
  'zero radius (warning)': 'circle.zero',
  'ceiling needs altitude': 'ceiling.altitude',
  'expires <= sent': 'expires.past',
  'profile rule: expires required (WMO/Google/IPAWS)': 'expires.missing',
  'restriction text needed': 'restriction.missing',
  'restriction only with Restricted': 'restriction.scope',
  'exercise identifier should be in note': 'note.exercise',
  'infos of one alert share category (profiles)': 'category.differs',
  'text not in the declared language': 'language.same-text',
  'no markup in text': 'text.markup',
  'absolute URI': 'web.relative',
  'relative uri needs derefUri': 'resource.relative',
  'derefUri base64': 'resource.base64',
  'no geometry and no code (profiles)': 'area.text-only',
  'policy: exercise words in an Actual message': 'status.exercise-words',
  'published alert arc is 2.49.0.1': 'identifier.arc',
};

const invalid = withoutCorpus === null ? corpusJson<Invalid[]>('invalid/manifest.json') : [];

describe.skipIf(withoutCorpus !== null)(`made messages${skipped}`, () => {
  test.each(invalid)('$file is refused or flagged: $rule', ({ file, rule }) => {
    const read = attempt(`invalid/${file}`);
    const named =
      read instanceof CapError
        ? [read.code]
        : read.alerts.flatMap((one) => checkRead(one).map((found) => found.rule));
    expect(named).toContain(RULES[rule]);
  });

  test.each(corpusNames('valid_synthetic'))(
    '%s passes without complaint, also by our own profile',
    (name) => {
      const read = readCap(corpusBytes(name));
      expect(read.alerts).toHaveLength(1);
      expect(read.alerts.flatMap((one) => checkRead(one, { profiles: ['wmo', 'strict'] }))).toEqual([]);
    },
  );

  test('each finding stands at the line of its element', () => {
    const [read] = readCap(corpusBytes('invalid/s10_polygon_not_closed.xml')).alerts;
    const lines = Buffer.from(corpusBytes('invalid/s10_polygon_not_closed.xml')).toString('utf8').split('\n');
    const found = read ? checkRead(read).find(({ rule }) => rule === 'polygon.open') : undefined;
    expect(lines[(found?.line ?? 0) - 1]).toContain('<polygon>');
  });
});

const feeds = corpusNames('feeds').filter((name) => !name.endsWith('.json'));

describe.skipIf(withoutCorpus !== null)(`feeds${skipped}`, () => {
  test.each([
    ['feeds/cap-library__no_id.atom', 'id'],
    ['feeds/cap-library__no_link.atom', 'link'],
    ['feeds/cap-library__no_title.atom', 'title'],
  ])('%s lacks %s, and is told so', (name, missing) => {
    const read = readCap(corpusBytes(name));
    expect(read.findings.map((one) => one.text).join('\n')).toContain(missing);
  });

  test.each(feeds)('%s never crashes the reader', (name) => {
    const read = attempt(name);
    if (read instanceof CapError) expect(['encoding-invalid', 'not-well-formed']).toContain(read.code);
    else expect(['atom', 'rss', 'other']).toContain(read.container);
  });

  test('an entity in EDXL is never resolved', () => {
    expect(() => readCap(corpusBytes('edxl/de-2.0/failing/EDXL-DE/external-entity.xml'))).toThrow(CapError);
  });
});

function attempt(name: string): ReturnType<typeof readCap> | CapError {
  try {
    return readCap(corpusBytes(name));
  } catch (error) {
    if (error instanceof CapError) return error;
    throw error;
  }
}

function countsOf({ alert, findings }: AlertRead) {
  const areas = alert.info.flatMap((info) => info.area);
  const empty = findings.filter(({ rule }) => rule === 'circle.unreadable').length;
  return {
    infos: String(alert.info.length),
    sent: alert.sent,
    polygons: String(areas.flatMap((area) => area.polygon).length),
    circles: String(areas.flatMap((area) => area.circle).length + empty),
    geocodes: String(areas.flatMap((area) => area.geocode).length),
  };
}

const shapesOf = ({ polygons, circles, geocodes }: Readonly<Record<string, string>>) => ({
  polygons,
  circles,
  geocodes,
});
