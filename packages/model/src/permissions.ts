/** Who may do what. One table: the server checks it, the console hides by it, a test walks every role against every route. */
export const ROLES = [
  'call-taker',
  'dispatcher',
  'station-officer',
  'national-duty-officer',
  'facility-owner',
  'inspector',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'desk.read', // see incidents and signals of one's organisation and those below it
  'incident.claim',
  'incident.accept', // for the provincial desk
  'incident.station', // accept, prepare and report for a station
  'incident.verify', // write down what the facility said by telephone
  'incident.dispatch', // confirm the first dispatch
  'incident.note',
  'incident.close',
  'incident.shelve', // lay an accepted incident aside for a while
  'shift.read', // who is on shift, the duty log and its reports
  'shift.write', // sign on, take over, keep the duty log
  'facility.read',
  'facility.write',
  'facility.import',
  'facility.own', // the facilities one is a registered contact of
  'facility.plan', // drawings and the facility's own fire plan, of facilities one may see
  'facility.review', // accept or refuse what owners declare; merge duplicates
  'inspection.read', // what is overdue, in one's area
  'inspection.write', // state inspections, findings, deadlines
  'works.read',
  'works.write',
  'device.read',
  'duty-check.ask', // ask whether somebody is in the control room of a facility
  'device.key', // set a transmitter's key; nobody can read one back
  'user.read',
  'user.write',
  'personal.erase', // ask for the erasure of a person, or confirm what somebody else has asked
  'rights.raise', // break-glass: more for a while, with a reason, told at once
  'rights.review', // read the reason of somebody else, and end it
  'numbers.read', // false alarms, times and lost links, in sums and as lists
  'log.read', // the whole log, with who read what
  'log.verify',
  'system.read', // health, set-aside entries, outbox
  'system.write', // retry a set-aside entry
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const DESK: readonly Permission[] = [
  'desk.read',
  'rights.raise',
  'shift.read',
  'shift.write',
  'incident.claim',
  'incident.verify',
  'incident.note',
  'facility.read',
  'inspection.read',
  'works.read',
  'device.read',
];

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  'call-taker': [...DESK, 'incident.accept'],
  dispatcher: [
    ...DESK,
    'rights.review',
    'incident.accept',
    'incident.dispatch',
    'incident.close',
    'incident.shelve',
    'works.write',
    'duty-check.ask',
    'numbers.read',
    'system.read',
  ],
  'station-officer': [...DESK, 'incident.station', 'numbers.read'],
  'national-duty-officer': [
    ...DESK,
    'personal.erase',
    'rights.review',
    'incident.accept',
    'incident.dispatch',
    'incident.close',
    'incident.shelve',
    'works.write',
    'duty-check.ask',
    'numbers.read',
    'system.read',
  ],
  'facility-owner': ['facility.own', 'facility.plan'],
  inspector: [
    'facility.read',
    'facility.plan',
    'facility.review',
    'inspection.read',
    'inspection.write',
    'works.read',
    'device.read',
  ],
  // Separation of duties (domain/reliability-security.md, section 7): whoever administers can neither command nor edit the record.
  administrator: [
    'facility.read',
    'facility.write',
    'facility.import',
    'facility.plan',
    'works.read',
    'device.read',
    'device.key',
    'numbers.read',
    'user.read',
    'user.write',
    'system.read',
    'personal.erase',
    'system.write',
  ],
  auditor: [
    'desk.read',
    'shift.read',
    'facility.read',
    'inspection.read',
    'works.read',
    'device.read',
    'numbers.read',
    'user.read',
    'log.read',
    'log.verify',
    'rights.review',
    'system.read',
  ],
};

/** The permissions of a set of roles. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => GRANTS[role]));
}
