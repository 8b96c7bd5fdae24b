import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrame, anyTime, decodeData, happened, noon, onlyFrame, sent, smoke } from './frames.fixture.ts';
import {
  accountOf,
  addressOf,
  answerFor,
  clockSetting,
  type DecodedFrame,
  dataTypes,
  decodeFrame,
  dutyCheck,
  encodeData,
  encodeFrame,
  Gb26875EncodeError,
  instantOf,
  localTime,
  nextSerial,
} from './index.ts';

const decode = (bytes: Uint8Array): DecodedFrame => decodeFrame(onlyFrame(bytes));

describe('decode(encode(x)) = x', () => {
  it('for every field of every type', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        const decoded = decode(encodeFrame(frame));
        const { serial, time, source, destination, userVersion } = frame;
        expect(decoded).toMatchObject({ serial, time, source, destination, userVersion, mainVersion: 1 });
        expect(decoded.commandName).toBe(frame.command);
        expect([decoded.type, decoded.count]).toEqual([frame.unit.type, frame.unit.objects.length]);
        expect(decoded.objects).toMatchObject(frame.unit.objects.map((object) => ({ ...object })));
        expect(decoded.unparsedBytes).toBe(0);
      }),
    );
  });

  it('for local times and for accounts', () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: -720, max: 840 }), (time, offset) => {
        expect(localTime(instantOf(time, offset), offset)).toBe(time);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (address) => {
        expect(addressOf(accountOf(address))).toBe(address);
      }),
    );
    expect([accountOf(889), addressOf('379'), addressOf('G'), addressOf('')]).toEqual([
      '000000000379',
      889,
      null,
      null,
    ]);
  });
});

describe('what the standard and vendors disagree about', () => {
  it('a heartbeat is an empty data unit, and raises nothing', () => {
    expect(decode(sent(new Uint8Array()))).toMatchObject({
      verdict: 'confirm',
      type: null,
      quirks: ['empty-data-unit'],
      newEvents: 0,
    });
  });

  it('a clock that was never set is no reason to refuse', () => {
    expect(decode(sent(encodeData(2, [{ ...smoke, state: 2, time: null }]), { time: null }))).toMatchObject({
      verdict: 'confirm',
      time: null,
      quirks: ['clock-not-set'],
      objects: [{ time: null }],
      newEvents: 1,
    });
  });

  it.each([
    ['month 0', [0, 0, 0, 1, 0, 26]],
    ['day 30 of February', [0, 0, 0, 30, 2, 24]],
    ['29 February of a common year', [0, 0, 0, 29, 2, 100]],
    ['hour 24', [0, 0, 24, 1, 1, 26]],
    ['second 60', [60, 0, 0, 1, 1, 26]],
    ['BCD of a year', [0x59, 0x59, 0x23, 0x31, 0x12, 0x26]],
  ])('%s is no time', (_, bytes) => {
    const data = Uint8Array.from([28, 1, ...bytes]);
    expect(decode(sent(data)).objects).toEqual([{ time: null }]);
  });

  it('the leap day is a time', () => {
    expect(decode(sent(Uint8Array.from([28, 1, 0, 0, 0, 29, 2, 24]))).objects).toEqual([
      { time: '2024-02-29T00:00:00' },
    ]);
  });

  it('fewer objects than announced: those that are whole are read', () => {
    const whole = encodeData(2, [
      { ...smoke, state: 2 },
      { ...smoke, position: 3, state: 2 },
    ]);
    expect(decode(sent(whole.subarray(0, whole.length - 1)))).toMatchObject({
      quirks: ['objects-missing'],
      count: 2,
      objects: [{ position: 2 }],
      newEvents: 1,
      unparsedBytes: 45,
    });
  });

  it('a fire of which not one object is whole is one unknown event', () => {
    const data = encodeData(2, [{ ...smoke, state: 2 }]).subarray(0, 20);
    expect(decode(sent(data))).toMatchObject({ verdict: 'confirm', objects: [], newEvents: 1, events: [] });
  });

  it('bytes behind the last object, more objects than allowed, a type of the centre: read, and noted', () => {
    const state = encodeData(21, [{ state: 8, time: happened }]);
    expect(decode(sent(Buffer.concat([state, Buffer.alloc(3)])))).toMatchObject({
      quirks: ['data-left-over'],
      unparsedBytes: 3,
      newEvents: 1,
    });
    const two = encodeData(21, [
      { state: 8, time: happened },
      { state: 2, time: happened },
    ]);
    expect(decode(sent(two))).toMatchObject({ quirks: ['objects-too-many'], newEvents: 2 });
    expect(decode(sent(encodeData(91, [{ timeoutMinutes: 1 }])))).toMatchObject({
      quirks: ['type-of-the-centre'],
      newEvents: 1,
    });
  });

  it.each([9, 128, 200, 254])('type %i is unknown here: confirmed, and one unknown event', (type) => {
    expect(decode(sent(Uint8Array.of(type, 1, 2, 3)))).toMatchObject({
      verdict: 'confirm',
      quirks: ['type-unknown'],
      typeName: null,
      newEvents: 1,
      unparsedBytes: 2,
    });
  });

  it('GB18030 text ends at the first NUL, whatever the maker left behind it', () => {
    const unit = Buffer.from(encodeData(2, [{ ...smoke, state: 2, text: '一层走廊' }]));
    unit.set([0, 0x41, 0xff], 2 + 9 + 8);
    expect(decode(sent(unit)).objects).toMatchObject([{ text: '一层走廊' }]);
  });

  it('a text that is cut in the middle of a character keeps what is before', () => {
    const { objects } = decodeData(26, [{ text: 'Tầng hầm – khu để xe, lối thoát nạn phía đông' }]);
    expect(objects).toEqual([{ text: 'Tầng hầm – khu để xe, lối thoát nạn phía đông' }]);
    const [part] = decodeData(7, [{ ...smoke, text: 'Tầng hầm – khu để xe, lối thoát nạn' }]).objects;
    expect('Tầng hầm – khu để xe, lối thoát nạn'.startsWith(part?.text ?? '-')).toBe(true);
  });
});

describe('the verdict', () => {
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = Buffer.from(sent(encodeData(2, [{ ...smoke, state: 2 }])));
    bytes[at < 0 ? bytes.length + at : at] = value;
    return bytes;
  };

  it.each([
    ['a send', sent(encodeData(28, [{ time: noon }])), 'confirm', undefined],
    ['a wrong checksum', changed(-3, 0), 'deny', 'checksum-wrong'],
    ['a wrong end', changed(-1, 0), 'deny', 'end-wrong'],
    ['more than 1,024 bytes', changed(25, 5), 'deny', 'length-too-large'],
    ['an unknown command', sent(new Uint8Array(), { command: 7 }), 'deny', 'command-unknown'],
    ['a question', sent(new Uint8Array(), { command: 'request' }), 'outbound', 'outbound-command'],
    ['an order', sent(new Uint8Array(), { command: 'control' }), 'outbound', 'outbound-command'],
    ['a confirmation', sent(new Uint8Array(), { command: 'confirm' }), 'answer-frame', 'answer-command'],
    ['a denial', sent(new Uint8Array(), { command: 'deny' }), 'answer-frame', 'answer-command'],
    ['an answer', sent(new Uint8Array(), { command: 'answer' }), 'answer-frame', 'answer-command'],
  ] as const)('of %s', (_, bytes, verdict, reason) => {
    const [frame] = [bytes].map((one) => decodeFirst(one));
    expect([frame?.verdict, frame?.reason]).toEqual([verdict, reason ?? null]);
    const answer = answerFor(frame as DecodedFrame, { time: noon });
    expect(answer === null).toBe(verdict === 'outbound' || verdict === 'answer-frame');
    if (answer === null) return;
    expect(decode(answer)).toMatchObject({
      commandName: verdict,
      serial: 7,
      source: 1,
      destination: 889,
      dataLength: 0,
      time: noon,
    });
  });

  it('a damaged fire is decoded all the same, so that it can be shown', () => {
    expect(decode(changed(-3, 0))).toMatchObject({
      events: [{ class: 'alarm', zone: '1-10-2' }],
      newEvents: 0,
    });
  });

  it('a damaged answer is never denied', () => {
    const bytes = Buffer.from(sent(encodeData(28, [{ time: noon }]), { command: 'answer' }));
    bytes[30] = 99;
    expect(decode(bytes)).toMatchObject({ verdict: 'answer-frame', checksumOk: false });
  });
});

function decodeFirst(bytes: Uint8Array): DecodedFrame {
  return decode(bytes);
}

describe('orders of the centre', () => {
  const order = { serial: 3, time: noon, source: 1, destination: 889 };

  it('the clock is set by a six-byte time, the duty check has its minutes', () => {
    expect(decode(clockSetting(order))).toMatchObject({
      commandName: 'control',
      type: 90,
      typeName: 'set-clock',
      objects: [{ time: noon }],
    });
    expect(decode(dutyCheck(order, 10))).toMatchObject({ type: 91, objects: [{ timeoutMinutes: 10 }] });
  });

  it('serial numbers begin again after 65535', () => {
    expect([nextSerial(0), nextSerial(65_535)]).toEqual([1, 0]);
  });

  it('what cannot be written is a named error', () => {
    const field = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        if (error instanceof Gb26875EncodeError) return error.field;
        throw error;
      }
      return 'none';
    };
    expect(field(() => encodeFrame({ ...order, serial: 65_536, command: 'send' }))).toBe('serial');
    expect(field(() => encodeFrame({ ...order, source: -1, command: 'send' }))).toBe('source');
    expect(field(() => encodeFrame({ ...order, time: '1999-01-01T00:00:00', command: 'send' }))).toBe('time');
    expect(field(() => encodeFrame({ ...order, time: '2026-02-30T00:00:00', command: 'send' }))).toBe('time');
    expect(field(() => encodeFrame({ ...order, command: 'send', data: new Uint8Array(1_025) }))).toBe('data');
    expect(field(() => encodeData(99, []))).toBe('type');
    expect(field(() => encodeData(2, [{ area: 65_536 }]))).toBe('area');
    expect(field(() => encodeData(3, [{ value: 40_000 }]))).toBe('value');
    expect(field(() => dutyCheck(order, 256))).toBe('timeoutMinutes');
  });

  it('every type of the standard has a name and fits its own limit', () => {
    expect(dataTypes.size).toBe(29);
    for (const { type, mostObjects, name } of dataTypes.values()) {
      const full = encodeData(
        type,
        Array.from({ length: mostObjects }, () => ({})),
      );
      expect([name, full.length <= 1_024]).toEqual([name, true]);
    }
  });
});
