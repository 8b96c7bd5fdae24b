import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexDump } from './hex-dump.ts';

test('a frame is shown with its control characters as dots', () => {
  const frame = Buffer.from('\n1234"NULL"0000L0#A1\r').toString('base64');
  expect(hexDump(frame)).toEqual([
    { offset: '0000', hex: '0a 31 32 33 34 22 4e 55 4c 4c 22 30 30 30 30 4c', text: '·1234"NULL"0000L' },
    { offset: '0010', hex: '30 23 41 31 0d', text: '0#A1·' },
  ]);
});

test('every byte stands there once, whatever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const hex = hexDump(Buffer.from(bytes).toString('base64'))
        .map((line) => line.hex)
        .join(' ');
      expect(
        hex
          .split(' ')
          .filter(Boolean)
          .map((byte) => Number.parseInt(byte, 16)),
      ).toEqual([...bytes]);
    }),
  );
});
