import type { CategoryShape, DemonstrationShape, Place, ProvinceShape } from './demonstration-shape.ts';
import { type Accounts, inventTransmitter } from './demonstration-transmitter.ts';
import type {
  DemonstrationContact,
  DemonstrationFacility,
  DemonstrationStation,
  DemonstrationWater,
} from './demonstration-types.ts';
import { distanceMetres, type Point } from './geometry.ts';
import type { Random } from './random.ts';

const LEAST_CONTACTS = 3;
const MOST_CONTACTS = 5;
/** Part of the large facilities with a second transmitter. */
const SECOND_TRANSMITTER = 0.08;
/** Law 55/2024 and Decree 105/2025, Arts. 20-21: from 20 workers a team, below that named persons. */
const TEAM_FROM_PEOPLE = 20;

export interface Invention {
  readonly random: Random;
  readonly accounts: Accounts;
  readonly shape: DemonstrationShape;
  readonly province: ProvinceShape;
  readonly place: Place;
  readonly position: Point;
  /** From 1, unique in the data. */
  readonly number: number;
  readonly stations: readonly DemonstrationStation[];
}

export function inventFacility(invention: Invention): DemonstrationFacility {
  const { random, accounts, shape, province, place, position, number } = invention;
  const category = pickCategory(random, shape.categories);
  const floors = random.whole(...category.floors);
  const people = random.whole(...category.people);
  const managingLevel = random.chance(category.policeShare) ? 'province' : 'commune';
  const transmitters = [inventTransmitter(random, accounts, category, floors, true)];
  if (managingLevel === 'province' && random.chance(SECOND_TRANSMITTER)) {
    transmitters.push(inventTransmitter(random, accounts, category, floors, false));
  }
  return {
    synthetic: true,
    code: `VN-${province.province}-${String(number).padStart(6, '0')}`,
    name: `${random.pick(category.names)} ${random.pick(shape.properNames)} ${number} (giả lập)`,
    address: inventAddress(random, shape.streets, place.commune),
    province: province.province,
    commune: place.commune,
    position,
    category: category.category,
    managingLevel,
    floors,
    people,
    station: nearest(position, invention.stations),
    contacts: inventContacts(random, shape.contactRoles, number),
    transmitters,
    hazards: category.hazards,
    onSiteForce: people < TEAM_FROM_PEOPLE ? random.whole(1, 2) : Math.min(40, 3 + Math.floor(people / 50)),
    water: inventWater(random),
  };
}

function pickCategory(random: Random, categories: readonly CategoryShape[]): CategoryShape {
  let roll = random.next() * categories.reduce((sum, c) => sum + c.weight, 0);
  const found = categories.find((c) => {
    roll -= c.weight;
    return roll < 0;
  });
  return found ?? random.pick(categories);
}

function inventAddress(random: Random, streets: readonly string[], commune: string): string {
  const street = random.pick(streets);
  const house = random.whole(1, 480);
  const lane = random.chance(0.3) ? `ngõ ${random.whole(1, 120)} ` : '';
  return `Số ${house}, ${lane}đường ${street}, ${commune}`;
}

function inventContacts(random: Random, roles: readonly string[], facility: number): DemonstrationContact[] {
  return Array.from({ length: random.whole(LEAST_CONTACTS, MOST_CONTACTS) }, (_, index) => ({
    order: index + 1,
    name: `Liên hệ ${index + 1} (giả lập)`,
    role: roles[index % roles.length] ?? '',
    telephone: syntheticTelephone(facility * 10 + index),
    language: 'vi' as const,
  }));
}

/** After +84 no Vietnamese number begins with 0: these have the right form and can ring nobody. */
function syntheticTelephone(serial: number): string {
  return `+8400${String(serial).padStart(8, '0')}`;
}

function nearest(position: Point, stations: readonly DemonstrationStation[]): string {
  let [code, least] = ['', Number.POSITIVE_INFINITY];
  for (const station of stations) {
    const distance = distanceMetres(position, station.position);
    if (distance < least) [code, least] = [station.code, distance];
  }
  return code;
}

function inventWater(random: Random): DemonstrationWater[] {
  const hydrant: DemonstrationWater = {
    kind: 'hydrant',
    distanceMetres: random.whole(15, 400),
    cubicMetres: null,
  };
  if (random.chance(0.5)) return [hydrant];
  const kind = random.pick(['tank', 'pond', 'river']);
  const other: DemonstrationWater = {
    kind,
    distanceMetres: random.whole(5, 800),
    cubicMetres: kind === 'tank' ? random.whole(2, 40) * 5 : null,
  };
  return random.chance(0.3) ? [other] : [hydrant, other];
}
