import {
  type FacilityBody,
  type PathMedium,
  registeredAccount,
  type TransmitterPath,
  type TransmitterProtocol,
  type ZoneKind,
} from '@keng/model';
import type { FacilityInput, FacilityView } from '../../api/facilities.ts';
import { type LonLat, readLonLat } from '../../components/locator-projection.ts';

/** The form as it is typed: numbers are text until they are sent, and nothing is ever half a value. */
export interface FacilityForm {
  readonly reference: string;
  readonly name: string;
  readonly address: string;
  readonly areaCode: string;
  readonly communeCode: string;
  readonly communeName: string;
  /** "latitude, longitude", as maps copy it. */
  readonly position: string;
  readonly category: string;
  readonly managingLevel: 'province' | 'commune';
  readonly organisation: string;
  readonly contacts: readonly ContactRow[];
  readonly transmitters: readonly TransmitterRow[];
  readonly hazards: readonly string[];
  readonly forcePeople: string;
  readonly forceDescription: string;
  readonly water: readonly WaterRow[];
  readonly synthetic: boolean;
}

/** `key` keeps a row the same row while it moves; it is never sent. */
export interface ContactRow {
  readonly key: string;
  readonly id: string | null;
  readonly name: string;
  readonly role: string;
  readonly telephone: string;
  readonly email: string;
  readonly language: 'vi' | 'en' | 'ru' | 'zh';
}

export interface ZoneRow {
  readonly key: string;
  readonly number: string;
  readonly label: string;
  readonly kind: ZoneKind;
}

export interface TransmitterRow {
  readonly key: string;
  readonly id: string | null;
  readonly protocol: TransmitterProtocol;
  readonly account: string;
  readonly model: string;
  readonly reportingSeconds: string;
  /** Supervision category; empty: a time of its own. */
  readonly category: string;
  readonly paths: readonly PathRow[];
  readonly zones: readonly ZoneRow[];
}

export interface PathRow {
  readonly key: string;
  readonly medium: PathMedium;
  readonly carrier: string;
  readonly listener: string;
  readonly line: string;
  /** Receiver number of DC-09. */
  readonly receiver: string;
  /** Separated by blanks or commas. */
  readonly networks: string;
  /** What this form does not show goes back as it came. */
  readonly kept: Pick<TransmitterPath, 'reportingSeconds'>;
}

type Water = FacilityBody['water'][number];

export interface WaterRow {
  readonly key: string;
  readonly kind: Water['kind'];
  readonly description: string;
  readonly capacityM3: string;
  readonly position: Water['position'];
}

let lastKey = 0;
export function newKey(): string {
  lastKey += 1;
  return `row-${lastKey}`;
}

export const emptyContact = (): ContactRow => ({
  key: newKey(),
  id: null,
  name: '',
  role: '',
  telephone: '',
  email: '',
  language: 'vi',
});

export const emptyZone = (number: string): ZoneRow => ({ key: newKey(), number, label: '', kind: 'smoke' });

export const emptyPath = (medium: PathMedium): PathRow => ({
  key: newKey(),
  medium,
  carrier: '',
  listener: '',
  line: '',
  receiver: '',
  networks: '',
  kept: { reportingSeconds: null },
});

export const emptyTransmitter = (): TransmitterRow => ({
  key: newKey(),
  id: null,
  protocol: 'dc09',
  account: '',
  model: '',
  reportingSeconds: '300',
  category: '',
  paths: [],
  zones: [emptyZone('1')],
});

export const emptyWater = (): WaterRow => ({
  key: newKey(),
  kind: 'hydrant',
  description: '',
  capacityM3: '',
  position: null,
});

/** A new one has three empty contacts: so many must answer for a facility. */
export function emptyForm(): FacilityForm {
  return {
    reference: '',
    name: '',
    address: '',
    areaCode: '',
    communeCode: '',
    communeName: '',
    position: '',
    category: '',
    managingLevel: 'commune',
    organisation: '',
    contacts: [emptyContact(), emptyContact(), emptyContact()],
    transmitters: [],
    hazards: [],
    forcePeople: '0',
    forceDescription: '',
    water: [],
    synthetic: false,
  };
}

export function formOf(facility: FacilityView): FacilityForm {
  return {
    reference: facility.reference ?? '',
    name: facility.name,
    address: facility.address,
    areaCode: facility.areaCode,
    communeCode: facility.communeCode ?? '',
    communeName: facility.communeName ?? '',
    position: facility.position === null ? '' : writePosition(facility.position),
    category: facility.category,
    managingLevel: facility.managingLevel,
    organisation: facility.organisation,
    contacts: facility.contacts.map(({ order: _order, email, ...rest }) => ({
      ...rest,
      key: rest.id,
      email: email ?? '',
    })),
    transmitters: facility.transmitters.map((one) => ({
      key: one.id,
      id: one.id,
      protocol: one.protocol,
      account: one.account,
      model: one.model ?? '',
      reportingSeconds: one.reportingSeconds === null ? '' : String(one.reportingSeconds),
      category: one.category ?? '',
      paths: (one.paths ?? []).map(pathRow),
      zones: one.zones.map((zone) => ({ ...zone, key: newKey() })),
    })),
    hazards: facility.hazards,
    forcePeople: String(facility.onSiteForce.people),
    forceDescription: facility.onSiteForce.description,
    water: facility.water.map((one) => ({
      ...one,
      key: newKey(),
      capacityM3: one.capacityM3 === null ? '' : String(one.capacityM3),
    })),
    synthetic: facility.synthetic,
  };
}

function pathRow({ medium, carrier, listener, line, receiver, networks, ...kept }: TransmitterPath): PathRow {
  return {
    key: newKey(),
    medium,
    carrier: carrier ?? '',
    listener: listener ?? '',
    line: line ?? '',
    receiver: receiver ?? '',
    networks: networks.join(', '),
    kept,
  };
}

/** Latitude first, as every map on a telephone copies it. */
export const writePosition = ([longitude, latitude]: LonLat): string =>
  `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
/** `R1`, `r01` or `1`, as panels show it: the register has the number without letter and zeros. */
const mark = (typed: string, letter: 'L' | 'R'): string | null =>
  orNull(
    typed
      .trim()
      .toUpperCase()
      .replace(new RegExp(`^${letter}?0*(?=.)`), ''),
  );
const numberOf = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.replace(',', '.'));

/**
 * What is sent. A number that is none is sent as it is, for the centre to refuse beside its field; only a position that cannot
 * be read stops here, for it would be sent as "not known".
 */
export function inputOf(form: FacilityForm): FacilityInput {
  const position = readLonLat(form.position);
  return {
    reference: orNull(form.reference),
    name: form.name.trim(),
    address: form.address.trim(),
    areaCode: form.areaCode,
    communeCode: orNull(form.communeCode),
    communeName: orNull(form.communeName),
    position: position && [position[0], position[1]],
    category: form.category,
    managingLevel: form.managingLevel,
    // A brand exists only for the compiler.
    organisation: form.organisation as FacilityInput['organisation'],
    contacts: form.contacts.map((one, index) => ({
      ...(one.id === null ? {} : { id: one.id }),
      order: index + 1,
      name: one.name.trim(),
      role: one.role.trim(),
      telephone: one.telephone.replace(/[\s.()-]/g, ''),
      email: orNull(one.email),
      language: one.language,
    })),
    transmitters: form.transmitters.map((one) => ({
      ...(one.id === null ? {} : { id: one.id }),
      protocol: one.protocol,
      account: registeredAccount(one.protocol, one.account),
      model: orNull(one.model),
      reportingSeconds: numberOf(one.reportingSeconds),
      category: orNull(one.category),
      paths: one.paths.map((path) => ({
        ...path.kept,
        medium: path.medium,
        carrier: orNull(path.carrier.toLowerCase()),
        listener: orNull(path.listener),
        line: mark(path.line, 'L'),
        receiver: mark(path.receiver, 'R'),
        networks: path.networks.split(/[\s,]+/).filter((network) => network !== ''),
      })),
      zones: one.zones
        .filter((zone) => zone.number.trim() !== '' || zone.label.trim() !== '')
        .map(({ number, label, kind }) => ({ number: number.trim(), label: label.trim(), kind })),
    })),
    hazards: [...form.hazards],
    onSiteForce: { people: numberOf(form.forcePeople) ?? 0, description: form.forceDescription.trim() },
    water: form.water.map(({ kind, description, capacityM3, position: at }) => ({
      kind,
      description: description.trim(),
      capacityM3: numberOf(capacityM3),
      position: at,
    })),
    synthetic: form.synthetic,
  };
}

export function positionUnreadable(form: FacilityForm): boolean {
  return form.position.trim() !== '' && readLonLat(form.position) === null;
}

/** Puts a row one place up (-1) or down (1); at the end nothing moves. */
export function moved<Row>(rows: readonly Row[], index: number, step: -1 | 1): readonly Row[] {
  const row = rows[index];
  const other = rows[index + step];
  if (row === undefined || other === undefined) return rows;
  return rows.map((one, place) => (place === index ? other : place === index + step ? row : one));
}

/** The number after the highest: panels count their zones. */
export function nextZone(zones: readonly ZoneRow[]): string {
  return String(zones.reduce((most, { number }) => Math.max(most, Number(number) || 0), 0) + 1);
}
