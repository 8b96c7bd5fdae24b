import { describe, expect, it } from 'vitest';
import type { CountryTables } from './countries.ts';
import { indexCommand } from './index-command.ts';
import { allMethods } from './index-text.ts';
import { readWords, type Terminal, UsageError } from './words.ts';

const files: Readonly<Record<string, string>> = {
  'days.csv':
    'date,temperatureC,relativeHumidityPercent,windKmH,rainMm\n1985-04-13,17,42,25,0\n1985-04-14,20,21,25,2.4\n',
  'gap.csv':
    'date,temperatureC,relativeHumidityPercent,windKmH,rainMm\n1985-04-13,17,42,25,0\n1985-04-14,20,,25,2.4\n',
  'heat.csv': 'date,value\n2026-06-01,36\n2026-06-02,37.5\n2026-06-03,36\n2026-06-04,30\n',
  'river.csv':
    'time,levelM\n2026-09-01T00:00Z,9\n2026-09-01T01:00Z,9.2\n2026-09-01T02:00Z,9.4\n2026-09-01T03:00Z,9.6\n2026-09-01T04:00Z,9.8\n',
  'grid.json': JSON.stringify({
    rows: 3,
    columns: 5,
    southDeg: 0,
    westDeg: 110,
    stepLatitudeDeg: 0.5,
    stepLongitudeDeg: 0.5,
    depthM: Array.from({ length: 15 }, () => 4000),
  }),
};

const tideRecord = Array.from({ length: 20 * 24 }, (_, hour) => {
  const time = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
  return `${time},${2 + Math.cos((28.9841042 * hour * Math.PI) / 180)}`;
});

const terminal: Terminal = {
  out: () => undefined,
  error: () => undefined,
  read: (file) =>
    new TextEncoder().encode(
      file === 'tide.csv' ? ['time,levelM', ...tideRecord].join('\n') : (files[file] ?? ''),
    ),
};

const countries: CountryTables = {
  test: {
    fireClasses: [
      {
        id: 'test',
        index: 'viet-nam',
        where: 'test',
        source: 'test',
        official: false,
        upTo: [100, 200, 300, 400],
      },
    ],
    windScale: { id: 'test', source: 'test scale', fromKmH: [0, 50, 100] },
  },
};

function run(...args: readonly string[]) {
  return indexCommand(readWords(args), countries, terminal);
}

describe('hazards index', () => {
  it('lists every index and model, and tells of one its source and ranges', () => {
    const { text } = run();
    for (const { id } of allMethods) expect(text).toContain(id);
    expect(run('nesterov.viet-nam').text).toMatch(/Decree 156\/2018[\s\S]*temperatureC: .*from -60 to 60 °C/);
  });

  it('fwi: a line a day', () => {
    const { text, given } = run('fwi', 'days.csv', '--latitude', '40');
    expect(given).toBe(true);
    expect(text).toMatch(/1985-04-13 +87\.6 +8\.5 +19\.0 +10\.8 +8\.5 +10\.0 +1\.6\n1985-04-14 +86\.2/);
  });

  it('fwi: a cell without a number is named, and there is no answer', () => {
    const { text, given } = run('fwi', 'gap.csv', '--latitude', '40');
    expect(given).toBe(false);
    expect(text).toContain('(1985-04-14): CANNOT BE GIVEN, needs relativeHumidityPercent');
  });

  it('nesterov: index, class and variant by name', () => {
    expect(run('nesterov', 'days.csv', '--variant', 'viet-nam', '--classes', 'test').text).toMatch(
      /1985-04-13 +191\.\d +class 2/,
    );
    expect(() => run('nesterov', 'days.csv', '--variant', 'russia')).toThrow(UsageError);
    expect(() => run('nesterov', 'days.csv', '--variant', 'viet-nam', '--classes', 'rosleskhoz-287')).toThrow(
      'are of russia',
    );
  });

  it('spells, river and travel time read their files', () => {
    expect(run('spells', 'heat.csv', '--above', '35', '--days', '3').text).toContain(
      '?2026-06-01 to 2026-06-03   3 days, extreme 37.5',
    );
    expect(run('river', 'river.csv', '--alarms', 'BĐ1:9.5,BĐ2:10.5').text).toMatch(
      /^9\.8 m, 0\.3 m above BĐ1, rising 0\.2 .*BĐ2 in 3\.5 h/,
    );
    expect(run('river', 'river.csv', '--datum', 'A', '--alarm-datum', 'B')).toMatchObject({
      given: false,
      text: expect.stringContaining('datum-mismatch'),
    });
    expect(
      run('travel-time', 'grid.json', '--source', '0.5,110', '--place', 'Đà Nẵng,0.5,112', '--search', '0.1')
        .text,
    ).toMatch(/^ +19 min {2}Đà Nẵng/);
  });

  it('tide: constituents of a record, and heights at times', () => {
    expect(run('tide', 'tide.csv').text).toMatch(/^mean 2\.000 m, rest 0\.000 m\nM2 {3}1\.000 m/);
    expect(run('tide', 'tide.csv', '--datum', 'HD-72', '--at', '2026-01-02T00:00Z').text).toMatch(
      /2\.91 m above HD-72/,
    );
  });

  it.each([
    [['beaufort', 'windKmH=62', 'scale=wmo'], 'Beaufort 8'],
    [['beaufort', 'windKmH=62'], 'Beaufort 1 (test scale)'],
    [['wind', 'windMS=30', 'from=600', 'to=120'], '30.6 m/s'],
    [['holland', 'centre=950', 'rmax=40', 'b=1.5', 'latitude=18', 'radius=80'], '42.31 m/s'],
    [['rankine', 'vmax=40', 'rmax=50', 'windMS=20'], '200 km'],
    [['intensity', 'magnitude=5', 'depth=8.1'], 'intensity 6.257 (MSK-64 VI'],
    [['intensity', 'magnitude=5', 'depth=8.1', 'relation=blake-shebalin'], 'intensity 7.32'],
    [['salt-line', 'mouth:0:24', 'ferry:20:12', 'town:40:2'], '36 km from the mouth'],
    [['green', 'height=1', 'depth=4000', 'coast=10'], '4.472 m'],
    [['overwinter-dc', 'autumn=300', 'precipitation=110', 'carry=0.75', 'wetting=0.75'], 'DC 109.5'],
  ] as const)('%o', (args, text) => {
    const answer = run(...args);
    expect(answer.given).toBe(true);
    expect(answer.text).toContain(text);
  });

  it('outside the range is no answer', () => {
    expect(run('green', 'height=9', 'depth=10', 'coast=10')).toMatchObject({
      given: false,
      text: expect.stringContaining('OUTSIDE RANGE: heightAtCoastM = 9 m'),
    });
  });

  it.each([
    ['nothing'],
    ['constructor'],
    ['beaufort'],
    ['beaufort', 'windKmH=fast'],
    ['beaufort', 'windKmH=62', '--windKmH', '70'],
    ['fwi'],
    ['fwi', 'days.csv'],
    ['fwi', 'days.csv', '--latitude', '40', '--latitud', '2'],
    ['spells', 'heat.csv'],
    ['spells', 'days.csv', '--above', '35'],
    ['wind', 'windMS=30', 'from=600', 'to=90'],
    ['salt-line', 'mouth'],
    ['travel-time', 'days.csv', '--source', '0,0'],
    ['spi', 'heat.csv', '--months', '1'],
  ])('wrong usage is told: %s', (...args) => {
    expect(() => run(...args.filter((one) => one !== undefined))).toThrow(UsageError);
  });
});
