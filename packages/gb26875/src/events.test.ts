import { describe, expect, it } from 'vitest';
import { decodeData, happened, smoke } from './frames.fixture.ts';
import type { Gb26875Object } from './index.ts';

const said = (type: number, object: Gb26875Object): string[] =>
  decodeData(type, [object]).events.map((one) => `${one.class} ${one.family}`);

describe('a component (type 2)', () => {
  const part = (partType: number, state: number): string[] => said(2, { ...smoke, partType, state });

  it.each([
    [40, 'smoke'],
    [44, 'smoke'],
    [31, 'heat'],
    [37, 'heat'],
    [62, 'flame'],
    [11, 'gas'],
    [74, 'gas'],
    [23, 'manual'],
    [24, 'manual'],
    [51, 'combustion'],
    [96, 'sprinkler'],
    [25, 'fire'],
    [50, 'fire'],
    [85, 'fire'],
    [0, 'fire'],
    [200, 'fire'],
  ])('of type %i in fire is an alarm: %s', (partType, family) => {
    expect(part(partType, 2)).toEqual([`alarm ${family}`]);
  });

  it.each([
    ['fault', 4, ['trouble smoke']],
    ['disabled', 8, ['disable smoke']],
    ['supervisory', 16, ['supervisory smoke']],
    ['delay', 128, ['near-alarm smoke']],
    ['power fault', 256, ['trouble system']],
    ['battery fault', 512, ['trouble system']],
    ['bus fault', 1_024, ['trouble system']],
    ['manual mode', 2_048, ['service system']],
    ['configuration changed', 4_096, ['service system']],
    ['reset', 8_192, ['service system']],
    ['fire and fault in one word', 6, ['alarm smoke', 'trouble smoke']],
    ['fire while bit 0 says normal', 3, ['alarm smoke']],
    ['nothing: the test of a component', 0, ['test smoke']],
    ['reserved bits alone', 0xc000, ['other smoke']],
    ['normal', 1, ['restore smoke', 'trouble-restore smoke', 'supervisory-restore smoke', 'enable smoke']],
  ])('%s', (_, state, expected) => {
    expect(part(40, state)).toEqual(expected);
  });

  it('that water or a hand has started is an alarm; a detector that is "activated" may be one; a pump that runs is none', () => {
    for (const partType of [23, 24, 96, 98, 99]) {
      expect(part(partType, 32)[0]).toMatch(/^alarm (manual|sprinkler)$/);
      expect(part(partType, 64)[0]).toMatch(/^alarm (manual|sprinkler)$/);
    }
    expect(part(40, 32)).toEqual(['unverified smoke']);
    expect(part(91, 32)).toEqual(['supervisory fire']);
    expect(part(97, 64)).toEqual(['supervisory sprinkler']);
  });

  it('is named by system address, area and position, with its text and its own time', () => {
    expect(decodeData(2, [{ ...smoke, state: 2, text: 'Kho tầng 3' }]).events).toEqual([
      {
        family: 'smoke',
        class: 'alarm',
        code: '2.1',
        zone: '1-10-2',
        area: '1',
        text: 'Kho tầng 3',
        time: happened,
      },
    ]);
  });
});

describe('the other types', () => {
  it.each([
    ['a system in fire', 1, { systemType: 1, systemAddress: 3, state: 2 }, ['alarm fire']],
    ['a sprinkler system in fire', 1, { systemType: 12, state: 2 }, ['alarm sprinkler']],
    ['mains of a system', 1, { state: 256 }, ['trouble system']],
    ['the button of the panel', 4, { operation: 4 }, ['alarm manual']],
    ['a reset', 4, { operation: 1 }, ['service system']],
    ['a silence', 4, { operation: 2 }, ['silenced system']],
    ['an alarm cleared', 4, { operation: 8 }, ['cancel system']],
    ['a self-test', 4, { operation: 16 }, ['test system']],
    ['two operations at once', 4, { operation: 3 }, ['service system', 'silenced system']],
    ['an operation without a name', 4, { operation: 128 }, ['other system']],
    ['the button of the device', 24, { operation: 4 }, ['alarm manual']],
    ['a duty check answered', 24, { operation: 32 }, ['service system']],
    ['fire at the device', 21, { state: 2 }, ['alarm fire']],
    ['mains and line of the device', 21, { state: 72 }, ['trouble system', 'trouble system']],
    ['the device in order', 21, { state: 1 }, ['restore system', 'trouble-restore system']],
    ['the device in test', 21, { state: 0 }, ['test system']],
    ['a description', 26, { text: 'x' }, ['service system']],
    ['a value', 3, { ...smoke, kind: 3, value: -50 }, []],
    ['a clock', 28, {}, []],
    ['a clock of a system', 8, {}, []],
    ['a version', 25, { major: 1, minor: 2 }, []],
  ] as const)('%s', (_, type, object, expected) => {
    const { events, newEvents } = decodeData(type, [{ ...object, time: happened }]);
    expect(events.map((one) => `${one.class} ${one.family}`)).toEqual(expected);
    expect(newEvents).toBe(expected.length);
  });

  it('a device that says it is in order is known by it; one that says anything more is not', () => {
    const inOrder = (state: number) => decodeData(21, [{ state, time: happened }]).deviceInOrder;
    expect([inOrder(1), inOrder(0), inOrder(3), inOrder(8)]).toEqual([true, false, false, false]);
    expect(decodeData(28, [{}]).deviceInOrder).toBe(false);
  });
});
