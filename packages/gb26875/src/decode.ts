import { accountOf } from './address.ts';
import { commandNames } from './codes.ts';
import { dataTypes } from './data-types.ts';
import { type DataUnit, readObjects, unitHeaderBytes } from './data-unit.ts';
import type { DecodedFrame, Gb26875Quirk, Gb26875Reason, Verdict } from './decoded-frame.ts';
import type { Gb26875Event } from './event.ts';
import { readTime } from './local-time.ts';
import { eventsOf, isDeviceInOrder, isLifeSign } from './meaning.ts';
import { headerBytes, mainVersion, type RawFrame } from './raw-frame.ts';

const SEND = 2;
const timeOffset = 6;

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Gb26875Reason | null;
}

interface Unit extends DataUnit {
  readonly type: number | null;
  readonly count: number | null;
  readonly quirks: readonly Gb26875Quirk[];
}

const confirmed: Judgement = { verdict: 'confirm', reason: null };
const noEvents: readonly Gb26875Event[] = [];
const noUnit: Unit = { type: null, count: null, objects: [], unparsedBytes: 0, quirks: [] };

/**
 * Decodes one frame and says what to do with it. It keeps no state and never throws on any bytes. Frames to be denied are
 * decoded too, where they can be read, so that they can be shown: a fire behind a wrong checksum is still a fire.
 *
 * Whether the source is known at all, and whether the frame is a retry, is the caller's to decide.
 */
export function decodeFrame(raw: RawFrame): DecodedFrame {
  const { verdict, reason } = judge(raw);
  const time = readTime(raw.bytes, timeOffset);
  const unit = raw.lengthOk ? readUnit(raw) : noUnit;
  const events = unit.type === null || raw.command !== SEND ? noEvents : eventsOf(unit.type, unit.objects);
  // Every member by its name and always there: built by spreading, this object took ten times as long as all the reading.
  return {
    verdict,
    reason,
    checksumOk: raw.checksumOk,
    lengthOk: raw.lengthOk,
    endOk: raw.endOk,
    quirks: quirksOf(raw, unit, time),
    serial: raw.serial,
    mainVersion: raw.mainVersion,
    userVersion: raw.userVersion,
    time,
    source: raw.source,
    destination: raw.destination,
    account: accountOf(raw.source),
    dataLength: raw.dataLength,
    command: raw.command,
    commandName: commandNames.get(raw.command) ?? null,
    type: unit.type,
    typeName: unit.type === null ? null : (dataTypes.get(unit.type)?.name ?? null),
    count: unit.count,
    objects: unit.objects,
    unparsedBytes: unit.unparsedBytes,
    events,
    newEvents: verdict === 'confirm' ? newEventsOf(unit, events) : 0,
    deviceInOrder: isDeviceInOrder(unit.type, unit.objects) && unit.unparsedBytes === 0,
  };
}

/** The standard's reasons for a denial: wrong checksum, unknown command, length above 1,024, wrong start or end. */
function judge(raw: RawFrame): Judgement {
  switch (commandNames.get(raw.command)) {
    case 'confirm':
    case 'answer':
    case 'deny':
      // An answer is never answered, not even a damaged one: two centres would deny each other for ever.
      return { verdict: 'answer-frame', reason: 'answer-command' };
    case 'control':
    case 'request':
      return damage(raw) ?? { verdict: 'outbound', reason: 'outbound-command' };
    case 'send':
      return damage(raw) ?? confirmed;
    case undefined:
      return damage(raw) ?? { verdict: 'deny', reason: 'command-unknown' };
  }
}

function damage(raw: RawFrame): Judgement | null {
  if (!raw.lengthOk) return { verdict: 'deny', reason: 'length-too-large' };
  if (!raw.endOk) return { verdict: 'deny', reason: 'end-wrong' };
  return raw.checksumOk ? null : { verdict: 'deny', reason: 'checksum-wrong' };
}

function readUnit(raw: RawFrame): Unit {
  if (raw.dataLength === 0) return noUnit;
  const data = raw.bytes.subarray(headerBytes, headerBytes + raw.dataLength);
  const type = data[0] ?? 0;
  const count = data[1] ?? null;
  const known = dataTypes.get(type);
  if (known === undefined || count === null) {
    const quirk = known === undefined ? 'type-unknown' : 'objects-missing';
    return {
      type,
      count,
      objects: [],
      unparsedBytes: Math.max(0, data.length - unitHeaderBytes),
      quirks: [quirk],
    };
  }
  const unit = readObjects(data, known.fields, count);
  const quirks: Gb26875Quirk[] = [];
  if (raw.command === SEND && known.direction === 'down') quirks.push('type-of-the-centre');
  if (unit.objects.length < count || count === 0) quirks.push('objects-missing');
  else if (unit.unparsedBytes > 0) quirks.push('data-left-over');
  if (count > known.mostObjects) quirks.push('objects-too-many');
  return { type, count, objects: unit.objects, unparsedBytes: unit.unparsedBytes, quirks };
}

function quirksOf(raw: RawFrame, unit: Unit, time: string | null): readonly Gb26875Quirk[] {
  const quirks = unit.quirks.slice();
  if (raw.mainVersion !== mainVersion) quirks.push('version-unknown');
  if (raw.command === SEND && raw.dataLength === 0) quirks.push('empty-data-unit');
  if (time === null) quirks.push('clock-not-set');
  return quirks;
}

/** A sent unit in which nothing could be read is one unknown event, never none: it may be a fire. */
function newEventsOf(unit: Unit, events: readonly Gb26875Event[]): number {
  if (unit.type === null) return 0;
  if (isLifeSign(unit.type) && unit.objects.length > 0) return 0;
  return Math.max(1, events.length);
}
