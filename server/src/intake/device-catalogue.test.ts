import fs from 'node:fs';
import path from 'node:path';
import { TRANSMITTER_PROTOCOLS, type TransmitterProtocol } from '@keng/model';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const text = fs.readFileSync(path.join(root, 'docs/device-catalogue.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| protocol'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

/** How the catalogue calls each protocol. A new protocol does not compile without a name here, and does not pass without a row. */
const NAMES: Readonly<Record<TransmitterProtocol, string>> = {
  dc09: 'DC-09',
  gb26875: 'GB/T 26875.3',
  'device-api': 'Device API',
  mqtt: 'MQTT',
};
const STRENGTHS = /^(none|((fixture|simulator|other programs|device)( \([^)]+\))?([,;] )?)+)$/;

describe('the device catalogue', () => {
  it.each(TRANSMITTER_PROTOCOLS)('says of %s what was tried with what', (protocol) => {
    const own = rows.filter(([name]) => name?.startsWith(NAMES[protocol]));
    expect(own.filter(([, , strength]) => strength !== 'none').length).toBeGreaterThan(0);
  });

  it.each(rows.map((row) => [row[0] ?? '', row] as const))(
    '%s: four cells, a strength, places that exist',
    (_name, row) => {
      expect(row).toHaveLength(4);
      expect(row[2]).toMatch(STRENGTHS);
      for (const [, place = ''] of (row[3] ?? '').matchAll(/`([^`]+)`/g)) {
        // Of a pattern of files, what stands before its first star.
        const fixed = place.includes('*') ? path.dirname(place) : place;
        expect(fs.existsSync(path.join(root, fixed)), place).toBe(true);
      }
    },
  );

  it('says that no real device was tried for as long as that is so', () => {
    const devices = rows.filter(([, , strength]) => /\bdevice\b/.test(strength ?? ''));
    expect(text.includes('**No real device has been tried yet.**')).toBe(devices.length === 0);
  });
});
