import fc from 'fast-check';
import type { Alert, Area, Info } from './model.ts';
import { capTime } from './time.ts';
import { WORDS } from './vocabulary.ts';

/** A message that breaks no rule; what a test says of it comes on top. */
export function soundAlert(changes: Partial<Alert> = {}): Alert {
  return {
    identifier: '2.49.0.1.704.99.2026.9.10.7.5.0.0',
    sender: 'duty@example.org',
    sent: '2026-09-10T14:05:00+07:00',
    status: 'Exercise',
    msgType: 'Alert',
    source: null,
    scope: 'Public',
    restriction: null,
    addresses: [],
    code: [],
    note: 'EX-2026-01',
    references: [],
    incidents: [],
    info: [soundInfo()],
    ...changes,
  };
}

export function soundInfo(changes: Partial<Info> = {}): Info {
  return {
    language: 'vi-VN',
    category: ['Met'],
    event: 'Lũ',
    responseType: ['Evacuate'],
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Likely',
    audience: null,
    eventCode: [],
    effective: null,
    onset: null,
    expires: '2026-09-11T06:00:00+07:00',
    senderName: 'Đơn vị thử',
    headline: 'Cảnh báo lũ trên sông',
    description: 'Mực nước vượt báo động ba trong sáu giờ tới.',
    instruction: 'Lên nơi cao.',
    web: null,
    contact: null,
    parameter: [],
    resource: [],
    area: [soundArea()],
    ...changes,
  };
}

export function soundArea(changes: Partial<Area> = {}): Area {
  return {
    areaDesc: 'Vùng thử',
    polygon: [
      [
        [21, 105],
        [21, 106],
        [20, 106],
        [20, 105],
        [21, 105],
      ],
    ],
    circle: [],
    geocode: [],
    altitude: null,
    ceiling: null,
    ...changes,
  };
}

/** Signs that are no text to XML, and what is a finding of its own: markup, and the words of exercises. */
const UNWANTED =
  /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]|<\/?[a-z]|&(?:nbsp|lt|gt|amp|quot);|diễn tập|exercise|учени|тренировк|演习|演练|drill/iu;
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((one) => one.trim() !== '' && !UNWANTED.test(one));
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const token = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,20}$/);
const coded = fc.record({ valueName: token, value: token });
const offset = fc.integer({ min: -720, max: 840 });
const instant = fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2090, 0) });
const time = fc.tuple(instant, offset).map(([at, minutes]) => capTime(new Date(at - (at % 1_000)), minutes));
const words = (name: keyof typeof WORDS): fc.Arbitrary<string> => fc.constantFrom(...WORDS[name]);
const degrees = (most: number): fc.Arbitrary<number> =>
  fc.double({ min: -most, max: most, noNaN: true }).map((one) => (one === 0 ? 0 : one));

/** Rectangles: what else a ring may be is the affair of its own tests. */
const rectangle = fc
  .tuple(
    fc.integer({ min: -80, max: 80 }),
    fc.integer({ min: -170, max: 170 }),
    fc.double({ min: 0.001, max: 9, noNaN: true }),
  )
  .map(([south, west, size]): Area['polygon'][number] => [
    [south, west],
    [south, west + size],
    [south + size, west + size],
    [south + size, west],
    [south, west],
  ]);

const area: fc.Arbitrary<Area> = fc
  .record({
    areaDesc: text,
    polygon: fc.array(rectangle, { maxLength: 3 }),
    circle: fc.array(
      fc.record({
        center: fc.tuple(degrees(90), degrees(180)),
        radiusKm: fc.double({ min: 0.001, max: 20_000, noNaN: true }),
      }),
      { maxLength: 2 },
    ),
    geocode: fc.array(coded, { maxLength: 3 }),
    heights: optional(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 9_000 }))),
  })
  .map(({ heights, ...rest }) => ({
    ...rest,
    altitude: heights?.[0] ?? null,
    ceiling: heights ? heights[0] + heights[1] : null,
  }));

const info: fc.Arbitrary<Info> = fc.record({
  language: optional(fc.constantFrom('vi-VN', 'en', 'ru', 'zh-CN')),
  category: fc.array(words('category'), { minLength: 1, maxLength: 3 }),
  event: text,
  responseType: fc.array(words('responseType'), { maxLength: 3 }),
  urgency: words('urgency'),
  severity: words('severity'),
  certainty: words('certainty'),
  audience: optional(text),
  eventCode: fc.array(coded, { maxLength: 2 }),
  effective: fc.constant(null),
  onset: fc.constant(null),
  expires: fc.constant('2095-01-01T00:00:00-00:00'),
  senderName: optional(text),
  headline: optional(text),
  description: optional(text),
  instruction: optional(text),
  web: optional(fc.webUrl()),
  contact: optional(text),
  parameter: fc.array(coded, { maxLength: 2 }),
  resource: fc.array(
    fc.record({
      resourceDesc: text,
      mimeType: fc.constantFrom('image/png', 'audio/mpeg'),
      size: optional(fc.nat()),
      uri: fc.webUrl(),
      derefUri: optional(fc.base64String({ minLength: 4, maxLength: 40 })),
      digest: optional(fc.stringMatching(/^[0-9a-f]{40}$/)),
    }),
    { maxLength: 2 },
  ),
  area: fc.array(area, { maxLength: 2 }),
});

/** Any message that breaks no rule of the standard. */
export const alerts: fc.Arbitrary<Alert> = fc
  .record({
    identifier: token,
    sender: fc.emailAddress().filter((one) => !/[\s,<&]/.test(one)),
    sent: time,
    status: words('status'),
    msgType: fc.constantFrom('Alert', 'Update'),
    source: optional(text),
    scope: fc.constantFrom('Public', 'Restricted', 'Private'),
    code: fc.array(token, { maxLength: 2 }),
    note: optional(text),
    incidents: fc.array(token, { maxLength: 2 }),
    addresses: fc.array(fc.constantFrom('a@example.org', 'phòng trực', 'b'), { minLength: 1, maxLength: 3 }),
    restriction: text,
    before: fc.array(
      fc.record({ sender: token, identifier: token, sent: fc.constant('1999-01-01T00:00:00-00:00') }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    info: fc.array(info, { minLength: 1, maxLength: 2 }),
  })
  .map(({ before, addresses, restriction, ...rest }) => ({
    ...rest,
    references: rest.msgType === 'Update' ? before : [],
    addresses: rest.scope === 'Private' ? addresses : [],
    restriction: rest.scope === 'Restricted' ? restriction : null,
  }));
