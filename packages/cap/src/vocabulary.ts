import type { CapVersion } from './model.ts';

/** Namespaces: the first line of each schema (OASIS CAP 1.1 and 1.2; CAP 1.0 of incident.com). */
export const NAMESPACES: Readonly<Record<CapVersion, string>> = {
  '1.0': 'http://www.incident.com/cap/1.0',
  '1.1': 'urn:oasis:names:tc:emergency:cap:1.1',
  '1.2': 'urn:oasis:names:tc:emergency:cap:1.2',
};
export const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

export function versionOfNamespace(uri: string): CapVersion | null {
  for (const [version, known] of Object.entries(NAMESPACES)) if (known === uri) return version as CapVersion;
  return null;
}

/** How the text of an element is checked. `list`: words in a row, of which nothing is demanded. */
export type SimpleType =
  | 'string'
  | 'list'
  | 'dateTime'
  | 'capDateTime'
  | 'language'
  | 'anyURI'
  | 'integer'
  | 'decimal'
  | { readonly values: readonly string[] };

export interface ElementRule {
  readonly name: string;
  readonly least: 0 | 1;
  readonly most: 1 | typeof Number.POSITIVE_INFINITY;
  readonly type: SimpleType | { readonly children: readonly ElementRule[] };
}

const many = Number.POSITIVE_INFINITY;
const one = (name: string, type: ElementRule['type'] = 'string'): ElementRule => ({
  name,
  least: 1,
  most: 1,
  type,
});
const optional = (name: string, type: ElementRule['type'] = 'string'): ElementRule => ({
  name,
  least: 0,
  most: 1,
  type,
});
const any = (name: string, type: ElementRule['type'] = 'string', least: 0 | 1 = 0): ElementRule => ({
  name,
  least,
  most: many,
  type,
});

const STATUS = ['Actual', 'Exercise', 'System', 'Test'];
const MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'];
const SCOPES = ['Public', 'Restricted', 'Private'];
const CATEGORIES_1_0 = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
];
const RESPONSES_1_1 = ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Monitor', 'Assess', 'None'];
const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'];
const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'];

/** The words of the version that is written, for forms and generators. CAP 1.2, section 3.2. */
export const WORDS = {
  status: [...STATUS, 'Draft'],
  msgType: MESSAGE_TYPES,
  scope: SCOPES,
  category: [...CATEGORIES_1_0, 'CBRNE', 'Other'],
  responseType: [
    'Shelter',
    'Evacuate',
    'Prepare',
    'Execute',
    'Avoid',
    'Monitor',
    'Assess',
    'AllClear',
    'None',
  ],
  urgency: URGENCIES,
  severity: SEVERITIES,
  certainty: ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'],
} as const;

const coded = { children: [one('valueName'), one('value')] };

function resource(version: CapVersion): ElementRule {
  return any('resource', {
    children: [
      one('resourceDesc'),
      version === '1.2' ? one('mimeType') : optional('mimeType'),
      optional('size', 'integer'),
      optional('uri', 'anyURI'),
      ...(version === '1.0' ? [] : [optional('derefUri')]),
      optional('digest'),
    ],
  });
}

function area(version: CapVersion): ElementRule {
  const shape = version === '1.0' ? 'list' : 'string';
  const height = version === '1.2' ? 'decimal' : 'string';
  return any('area', {
    children: [
      one('areaDesc'),
      any('polygon', shape),
      any('circle', shape),
      any('geocode', version === '1.0' ? 'string' : coded),
      optional('altitude', height),
      optional('ceiling', height),
    ],
  });
}

function info(version: CapVersion): ElementRule {
  const time = version === '1.2' ? 'capDateTime' : 'dateTime';
  const old = version === '1.0';
  const category = { values: old ? [...CATEGORIES_1_0, 'Other'] : WORDS.category };
  const response = { values: version === '1.1' ? RESPONSES_1_1 : WORDS.responseType };
  const certainty = { values: old ? ['Very Likely', ...WORDS.certainty.slice(1)] : WORDS.certainty };
  return any('info', {
    children: [
      optional('language', 'language'),
      any('category', category, old ? 0 : 1),
      one('event'),
      ...(old ? [] : [any('responseType', response)]),
      one('urgency', { values: URGENCIES }),
      one('severity', { values: SEVERITIES }),
      one('certainty', certainty),
      optional('audience'),
      any('eventCode', old ? 'string' : coded),
      optional('effective', time),
      optional('onset', time),
      optional('expires', time),
      optional('senderName'),
      optional('headline'),
      optional('description'),
      optional('instruction'),
      optional('web', 'anyURI'),
      optional('contact'),
      any('parameter', old ? 'string' : coded),
      resource(version),
      area(version),
    ],
  });
}

function alert(version: CapVersion): readonly ElementRule[] {
  const old = version === '1.0';
  return [
    one('identifier'),
    one('sender'),
    one('sent', version === '1.2' ? 'capDateTime' : 'dateTime'),
    one('status', { values: old ? STATUS : WORDS.status }),
    one('msgType', { values: MESSAGE_TYPES }),
    ...(old ? [optional('password')] : []),
    optional('source'),
    old ? optional('scope', { values: SCOPES }) : one('scope', { values: SCOPES }),
    optional('restriction'),
    optional('addresses'),
    any('code'),
    optional('note'),
    optional('references', old ? 'list' : 'string'),
    optional('incidents', old ? 'list' : 'string'),
    info(version),
  ];
}

/** What stands inside `alert`, in this order. */
export const SCHEMAS: Readonly<Record<CapVersion, readonly ElementRule[]>> = {
  '1.0': alert('1.0'),
  '1.1': alert('1.1'),
  '1.2': alert('1.2'),
};
