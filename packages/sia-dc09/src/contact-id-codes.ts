import type { Dc09Class, Dc09Family } from './event.ts';

export interface ContactIdCode {
  readonly family: Dc09Family;
  /** Class for qualifier 1. `contactIdClass` gives it for 3 and 6. */
  readonly class: Dc09Class;
  /** English name for logs and documentation; screens translate the code. */
  readonly title: string;
}

const unknownCode: ContactIdCode = { family: 'other', class: 'other', title: 'Code outside the fire tables' };

type Row = readonly [code: string, title: string];
type Group = readonly [family: Dc09Family, kind: Dc09Class, rows: readonly Row[]];

/**
 * Contact ID. Source: SIA DC-05 (1999) and the panel manuals named in handbook section 4; codes marked
 * "recalled" there (308, 330-339 but 333, 520-527 but 521 and 524, 614) are to be checked in the paid text.
 * One widely used library has no entry for 115, 116, 118, 200-206, 571, 606 and 607, and shows a pulled
 * call point as "invalid report": hence the table is written out.
 */
const groups: readonly Group[] = [
  ['fire', 'alarm', [['110', 'Fire alarm']]],
  ['smoke', 'alarm', [['111', 'Smoke detector']]],
  ['combustion', 'alarm', [['112', 'Combustion detector']]],
  ['sprinkler', 'alarm', [['113', 'Water flow']]],
  ['heat', 'alarm', [['114', 'Heat detector']]],
  ['manual', 'alarm', [['115', 'Manual call point']]],
  ['duct', 'alarm', [['116', 'Duct detector']]],
  ['flame', 'alarm', [['117', 'Flame detector']]],
  ['fire', 'near-alarm', [['118', 'Near alarm']]],
  [
    'gas',
    'alarm',
    [
      ['151', 'Gas detected'],
      ['162', 'Carbon monoxide detected'],
    ],
  ],
  ['water', 'alarm', [['154', 'Water leak']]],
  [
    'other',
    'other',
    [
      ['158', 'High temperature'],
      ['159', 'Low temperature'],
    ],
  ],
  [
    'fire',
    'supervisory',
    [
      ['200', 'Fire supervisory'],
      ['201', 'Low water pressure'],
      ['202', 'Low CO2'],
      ['203', 'Gate valve'],
      ['204', 'Low water level'],
      ['205', 'Pump activated'],
      ['206', 'Pump failure'],
    ],
  ],
  [
    'fire',
    'trouble',
    [
      ['373', 'Fire loop trouble'],
      ['385', 'Smoke detector sensitivity high'],
      ['386', 'Smoke detector sensitivity low'],
      ['392', 'Drift compensation'],
      ['393', 'Detector maintenance'],
    ],
  ],
  [
    'system',
    'trouble',
    [
      ['300', 'System trouble'],
      ['301', 'Mains failure'],
      ['302', 'Low battery'],
      ['305', 'System reset'],
      ['308', 'System shutdown'],
      ['309', 'Battery test failure'],
      ['310', 'Earth fault'],
      ['311', 'Battery missing'],
      ...range(320, 327, 'Sounder or relay trouble'),
      ['330', 'Peripheral trouble'],
      ['331', 'Loop open'],
      ['332', 'Loop short'],
      ['333', 'Expansion module failure'],
      ...range(334, 339, 'Peripheral trouble'),
      ...range(350, 353, 'Communication trouble'),
      ['354', 'Failure to communicate'],
      ...range(355, 357, 'Communication trouble'),
      ['380', 'Sensor trouble'],
      ['381', 'Supervision of a radio device lost'],
      ['382', 'Supervision of a bus device lost'],
      ['384', 'Low radio battery'],
      ['389', 'Sensor self-test failure'],
      ['391', 'Sensor watch failure'],
    ],
  ],
  ['system', 'tamper', [['383', 'Sensor tamper']]],
  [
    'system',
    'disable',
    [
      ...range(520, 527, 'Sounder or relay switched off'),
      ['551', 'Dialler switched off'],
      ['552', 'Radio switched off'],
      ['570', 'Zone bypassed'],
    ],
  ],
  ['fire', 'disable', [['571', 'Fire zone bypassed']]],
  [
    'system',
    'test',
    [
      ['601', 'Manual test'],
      ['602', 'Periodic test'],
      ['603', 'Periodic radio test'],
      ['607', 'Walk test'],
      ['608', 'Periodic test, trouble present'],
    ],
  ],
  [
    'fire',
    'test',
    [
      ['604', 'Fire test'],
      ['614', 'Fire zone walk-tested'],
    ],
  ],
  ['system', 'service', [['616', 'Service request']]],
];

function range(from: number, to: number, title: string): Row[] {
  return Array.from({ length: to - from + 1 }, (_, index): Row => [String(from + index), title]);
}

/** All codes with a meaning of their own here; every other code is family and class `other`. */
export const contactIdCodes: ReadonlyMap<string, ContactIdCode> = new Map(
  groups.flatMap(([family, kind, rows]) =>
    rows.map(([code, title]): [string, ContactIdCode] => [code, { family, class: kind, title }]),
  ),
);

/** Meaning of a three-digit code; never fails (handbook 1.2). */
export function contactIdCode(code: string): ContactIdCode {
  return contactIdCodes.get(code) ?? unknownCode;
}

/** Qualifier 3 turns a class into its end; a test or a request for service has none. */
const ended: Partial<Record<Dc09Class, Dc09Class>> = {
  alarm: 'restore',
  'near-alarm': 'restore',
  trouble: 'trouble-restore',
  supervisory: 'supervisory-restore',
  disable: 'enable',
  tamper: 'tamper-restore',
};

/** Class of a code under a qualifier: 1 as in the table, 3 its end, 6 as in the table (repeat flag beside). */
export function contactIdClass(code: ContactIdCode, qualifier: 1 | 3 | 6): Dc09Class {
  return qualifier === 3 ? (ended[code.class] ?? code.class) : code.class;
}
