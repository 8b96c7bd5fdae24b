import { describe, expect, it } from 'vitest';
import { happened, onlyFrame, sent, smoke } from './frames.fixture.ts';
import { decodeFrame, duplicateKey, encodeData, type FrameToEncode, type Gb26875Object } from './index.ts';

function keyOf(object: Gb26875Object, more: Partial<FrameToEncode> = {}, type = 2) {
  const raw = onlyFrame(sent(encodeData(type, [object]), more));
  const found = duplicateKey(raw, decodeFrame(raw));
  return found && { ...found, key: Buffer.from(found.key).toString('hex') };
}
const fire = { ...smoke, state: 2 };

describe('a retry', () => {
  it('has the key of its first try, whatever time of sending it carries', () => {
    const first = keyOf(fire);
    expect(first).toMatchObject({ windowSeconds: 300, bytesOnly: false });
    expect(first?.key).toHaveLength(32);
    expect(keyOf(fire, { time: '2026-01-02T12:00:10' })).toEqual(first);
    expect(keyOf(fire, { time: null })).toEqual(first);
  });

  it.each([
    ['serial number', fire, { serial: 8 }],
    ['source', fire, { source: 890 }],
    ['destination', fire, { destination: 2 }],
    ['user version', fire, { userVersion: 2 }],
    ['component', { ...fire, position: 3 }, {}],
    ['state', { ...fire, state: 4 }, {}],
    ['time of the event', { ...fire, time: '2026-01-02T11:59:58' }, {}],
    ['text', { ...fire, text: 'x' }, {}],
  ])('never differs in its %s: that is another event', (_, object, more) => {
    expect(keyOf(object, more)?.key).not.toBe(keyOf(fire)?.key);
  });

  it('of an event without a date is the same to the byte, and within a minute', () => {
    const undated = { ...fire, time: null };
    expect(keyOf(undated)).toMatchObject({ windowSeconds: 60, bytesOnly: true });
    expect(keyOf(undated, { time: '2026-01-02T12:00:10' })?.key).not.toBe(keyOf(undated)?.key);
    expect(keyOf(undated)).toEqual(keyOf(undated));
  });

  it('is not looked for among signs of life and refused frames', () => {
    expect(keyOf({ time: happened }, {}, 28)).toBeNull();
    expect(keyOf(fire, { command: 'answer' })).toBeNull();
    expect(keyOf(fire, { command: 9 })).toBeNull();
  });
});
