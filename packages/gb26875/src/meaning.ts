import { deviceOperationBits, deviceStateBits, operationBits, type StateFlag, stateBits } from './codes.ts';
import type { Gb26875Object } from './data-unit.ts';
import type { Gb26875Class, Gb26875Event, Gb26875Family } from './event.ts';

/** Types whose objects are no events: versions, clocks and measurements. They prove that the device lives. */
const lifeSigns: ReadonlySet<number> = new Set([3, 5, 8, 25, 28]);
/** Descriptions of what is installed: kept as book-keeping. */
const descriptions: ReadonlySet<number> = new Set([6, 7, 26]);

/** What the components of a type are (8.2.2, table 5). Those not listed here report as their system does. */
const familyOfPart: ReadonlyMap<number, Gb26875Family> = new Map([
  ...[10, 11, 12, 13, 74].map((type) => [type, 'gas'] as const),
  ...[23, 24].map((type) => [type, 'manual'] as const),
  ...[16, 17, 18, 25, 50, 52, 53, 78, 79].map((type) => [type, 'fire'] as const),
  ...[30, 31, 32, 33, 34, 35, 36, 37].map((type) => [type, 'heat'] as const),
  ...[40, 41, 42, 43, 44].map((type) => [type, 'smoke'] as const),
  [51, 'combustion'],
  ...[61, 62, 69].map((type) => [type, 'flame'] as const),
  ...[95, 96, 97, 98, 99].map((type) => [type, 'sprinkler'] as const),
]);

/** Water flows through them, or a hand has pressed them: started is as good as fire. */
const alarmWhenActivated: ReadonlySet<number> = new Set([23, 24, 96, 98, 99]);
/** Detectors: what "activated" means there no text says. It may be a fire. */
const isDetector = (partType: number): boolean =>
  (partType >= 10 && partType <= 13) || partType === 25 || (partType >= 30 && partType <= 79);

const classOfState: Readonly<Record<(typeof stateBits)[number], Gb26875Class>> = {
  normal: 'restore',
  fire: 'alarm',
  fault: 'trouble',
  disabled: 'disable',
  supervisory: 'supervisory',
  // Pumps, fans and valves that run.
  activated: 'supervisory',
  feedback: 'supervisory',
  // The countdown before a release: somebody still has time to look.
  delay: 'near-alarm',
  'mains-fault': 'trouble',
  'battery-fault': 'trouble',
  'bus-fault': 'trouble',
  'manual-mode': 'service',
  'configuration-changed': 'service',
  reset: 'service',
};

const powerFlags: ReadonlySet<StateFlag> = new Set([
  'mains-fault',
  'battery-fault',
  'bus-fault',
  'manual-mode',
  'configuration-changed',
  'reset',
]);

const classOfDeviceState: Readonly<Record<(typeof deviceStateBits)[number], Gb26875Class>> = {
  normal: 'restore',
  fire: 'alarm',
  fault: 'trouble',
  'mains-fault': 'trouble',
  'battery-fault': 'trouble',
  'channel-fault': 'trouble',
  'panel-line-fault': 'trouble',
};

type Operation = (typeof operationBits)[number] | (typeof deviceOperationBits)[number];
const classOfOperation: Readonly<Record<Operation, Gb26875Class>> = {
  reset: 'service',
  silence: 'silenced',
  // Somebody pressed the button that means fire.
  'manual-alarm': 'alarm',
  'alarm-cleared': 'cancel',
  'self-test': 'test',
  confirm: 'service',
  'duty-check-answered': 'service',
  test: 'test',
};

/** A state that is all normal ends whatever was open, of each kind. */
const ends: readonly Gb26875Class[] = ['restore', 'trouble-restore', 'supervisory-restore', 'enable'];
const deviceEnds: readonly Gb26875Class[] = ['restore', 'trouble-restore'];

/** Events of the objects of a unit, in their order. Empty for signs of life. */
export function eventsOf(type: number, objects: readonly Gb26875Object[]): readonly Gb26875Event[] {
  if (lifeSigns.has(type)) return [];
  return objects.flatMap((object) => eventsOfObject(type, object));
}

/** Does a unit of this type raise nothing, whatever is in it? */
export function isLifeSign(type: number): boolean {
  return lifeSigns.has(type);
}

/** Type 21 with nothing wrong: some devices send it every half minute in place of a heartbeat. */
export function isDeviceInOrder(type: number | null, objects: readonly Gb26875Object[]): boolean {
  return type === 21 && objects.length > 0 && objects.every((object) => object.state === 1);
}

function eventsOfObject(type: number, object: Gb26875Object): Gb26875Event[] {
  const event = eventMaker(type, object);
  switch (type) {
    case 1:
    case 2:
      return stateEvents(object, event);
    case 4:
      return operationEvents(object, event, operationBits);
    case 21:
      return deviceEvents(object, event);
    case 24:
      return operationEvents(object, event, deviceOperationBits);
    default:
      return [event(descriptions.has(type) ? 'service' : 'other', 'system', null)];
  }
}

type EventMaker = (eventClass: Gb26875Class, family: Gb26875Family, bit: number | null) => Gb26875Event;

function eventMaker(type: number, object: Gb26875Object): EventMaker {
  const { systemAddress, area, position } = object;
  const isPart = systemAddress !== undefined && area !== undefined && position !== undefined;
  const zone = isPart ? `${systemAddress}-${area}-${position}` : null;
  const system = systemAddress === undefined ? null : String(systemAddress);
  const text = object.text === undefined || object.text === '' ? null : object.text;
  const time = object.time ?? null;
  return (eventClass, family, bit) => ({
    family,
    class: eventClass,
    code: bit === null ? String(type) : `${type}.${bit}`,
    zone,
    area: system,
    text,
    time,
  });
}

function stateEvents(object: Gb26875Object, event: EventMaker): Gb26875Event[] {
  const family = familyOfObject(object);
  const flags = object.flags ?? [];
  const set = flags.filter((flag) => flag !== 'normal');
  if (set.length === 0) {
    if (flags.length > 0) return ends.map((eventClass) => event(eventClass, family, 0));
    // Bit 0 clear and nothing else: the test of a component. Reserved bits alone say something unknown.
    return [event(object.state === 0 ? 'test' : 'other', family, null)];
  }
  return stateBits.flatMap((flag, bit) => {
    if (flag === 'normal' || !set.includes(flag)) return [];
    return [event(stateClass(flag, object.partType), powerFlags.has(flag) ? 'system' : family, bit)];
  });
}

function stateClass(flag: (typeof stateBits)[number], partType: number | undefined): Gb26875Class {
  if ((flag === 'activated' || flag === 'feedback') && partType !== undefined) {
    if (alarmWhenActivated.has(partType)) return 'alarm';
    if (isDetector(partType)) return 'unverified';
  }
  return classOfState[flag];
}

function deviceEvents(object: Gb26875Object, event: EventMaker): Gb26875Event[] {
  const set = deviceStateBits.filter((flag) => flag !== 'normal' && object.flags?.includes(flag));
  if (set.length === 0) {
    if (object.state === 1) return deviceEnds.map((eventClass) => event(eventClass, 'system', 0));
    return [event(object.state === 0 ? 'test' : 'other', 'system', null)];
  }
  return set.map((flag) =>
    event(classOfDeviceState[flag], flag === 'fire' ? 'fire' : 'system', deviceStateBits.indexOf(flag)),
  );
}

function operationEvents(
  object: Gb26875Object,
  event: EventMaker,
  names: readonly Operation[],
): Gb26875Event[] {
  const set = names.filter((name) => object.flags?.includes(name));
  if (set.length === 0) return [event('other', 'system', null)];
  return set.map((name) =>
    event(classOfOperation[name], name === 'manual-alarm' ? 'manual' : 'system', names.indexOf(name)),
  );
}

/** A component by its type, else by its system: a fire of a sprinkler system is water that flows. */
function familyOfObject({ partType, systemType }: Gb26875Object): Gb26875Family {
  const family = partType === undefined ? undefined : familyOfPart.get(partType);
  if (family !== undefined) return family;
  return partType === undefined && systemType === 12 ? 'sprinkler' : 'fire';
}
