import { bacBo, coasts, landRegions, southAndHighlands, trungBo } from '../regions.ts';
import type { RuleRow } from './reference.ts';

/** An interval as a row prints it. */
export interface Span {
  readonly min: number;
  readonly minOpen: boolean;
  readonly max: number;
  readonly maxOpen: boolean;
}

/** A row of the reference table, read: every condition must hold. */
export interface ReadRow {
  readonly row: RuleRow;
  readonly hazard: string;
  readonly spans: Readonly<Record<string, Span>>;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** Alarm levels that stand for BĐ1 to BĐ3 and the historic flood in rows and probes. */
export const alarmsOfRows = { alarm1: 2, alarm2: 3, alarm3: 4, historic: 6 } as const;

const roman = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

function numberIn(text: string): number {
  const plain = text.trim().replace(/ ?m$/, '');
  const alarm = /^BĐ([123])(?:\+([\d.]+))?$/.exec(plain);
  if (alarm) {
    const base = [2, 3, 4][Number(alarm[1]) - 1] ?? Number.NaN;
    return Number((base + Number(alarm[2] ?? 0)).toPrecision(12));
  }
  if (plain === 'historic flood') return alarmsOfRows.historic;
  const grade = roman.indexOf(plain);
  const value = grade > 0 ? grade : Number(plain);
  if (!Number.isFinite(value)) throw new Error(`no number: ${text}`);
  return value;
}

/** `[a,b]`, `(a,b]`, `[a,b)`, `>a`, `>=a`, `<a`, `<=a`, `a-b`, `a`. */
export function spanOf(text: string): Span {
  const bracket = /^([[(])([^,]+),([^\])]+)([\])])$/.exec(text.trim());
  if (bracket)
    return {
      min: numberIn(bracket[2] ?? ''),
      minOpen: bracket[1] === '(',
      max: numberIn(bracket[3] ?? ''),
      maxOpen: bracket[4] === ')',
    };
  const side = /^(>=|<=|>|<)(.+)$/.exec(text.trim());
  if (side) {
    const value = numberIn(side[2] ?? '');
    return side[1]?.startsWith('>')
      ? { min: value, minOpen: side[1] === '>', max: Infinity, maxOpen: false }
      : { min: -Infinity, minOpen: false, max: value, maxOpen: side[1] === '<' };
  }
  const [min = '', max = min] = text.trim().split(/-| to /);
  return { min: numberIn(min), minOpen: false, max: numberIn(max), maxOpen: false };
}

export function inSpan(value: number, { min, minOpen, max, maxOpen }: Span): boolean {
  return (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max);
}

const regionNames: Readonly<Record<string, readonly string[]>> = {
  'Tây Bắc': ['tay-bac'],
  'Việt Bắc': ['viet-bac'],
  'Đông Bắc Bộ': ['dong-bac'],
  'đồng bằng Bắc Bộ': ['dong-bang-bac-bo'],
  'Bắc Bộ': bacBo,
  'Trung Bộ': trungBo,
  'Bắc Trung Bộ': ['bac-trung-bo'],
  'Trung Trung Bộ': ['trung-trung-bo'],
  'Nam Trung Bộ': ['nam-trung-bo'],
  'Tây Nguyên': ['tay-nguyen'],
  'Nam Bộ': ['nam-bo'],
  any: landRegions,
  all: landRegions,
  'all four regions': [...bacBo, ...trungBo, ...southAndHighlands],
};

function regionsIn(text: string): readonly string[] {
  return text
    .replace(/^đất liền /, '')
    .split(/, /)
    .flatMap((name) => {
      const regions = regionNames[name.trim()];
      if (!regions) throw new Error(`unknown region ${name}`);
      return regions;
    });
}

const coastNames: Readonly<Record<string, readonly string[]>> = {
  'Quảng Ninh–Thanh Hóa': ['quang-ninh-thanh-hoa'],
  'Nghệ An–Hà Tĩnh': ['nghe-an-ha-tinh'],
  'Quảng Bình–Thừa Thiên Huế': ['quang-binh-hue'],
  'Đà Nẵng–Bình Định': ['da-nang-binh-dinh'],
  'Phú Yên–Ninh Thuận': ['phu-yen-ninh-thuan'],
  'Bình Thuận–Cà Mau (east)': ['binh-thuan-bac-lieu', 'ca-mau-east'],
  'Cà Mau (west)–Kiên Giang': ['ca-mau-west', 'kien-giang'],
};

type Part = Pick<ReadRow, 'spans' | 'words'>;

function found(pattern: RegExp, text: string): readonly string[] {
  const match = pattern.exec(text);
  if (!match) throw new Error(`${pattern} is not in: ${text}`);
  return match.slice(1).map((group) => group ?? '');
}

const hilly = ['midland', 'mountain'];
const flat = ['plain', 'coast'];

function extentsIn(region: string): readonly string[] {
  if (region.includes('many provinces')) return ['many'];
  if (region.includes('< 1/2')) return ['under-half', 'several-apart'];
  return region.includes('>= 1/2') ? ['exactly-half', 'over-half'] : ['over-half'];
}

function rainParts(condition: string, region: string): readonly Part[] {
  const rains: Record<string, Span>[] = [...condition.matchAll(/(\S+) mm\/(24|12)h/g)].map(
    ([, span = '', hours]) => ({ [`rain${hours}`]: spanOf(span) }),
  );
  const days = [...condition.matchAll(/(\S+) days?(?: (midland\/mountain|plain\/coast))?/g)];
  const terrainOf = (named: string | undefined) => {
    if (named === 'midland/mountain' || region.includes('midland/mountain')) return hilly;
    return named === 'plain/coast' ? flat : [...hilly, ...flat];
  };
  return rains.flatMap((rain) =>
    days.map(([, span = '', terrain]) => ({
      spans: { ...rain, days: spanOf(span) },
      words: { extent: extentsIn(region), terrain: terrainOf(terrain) },
    })),
  );
}

const trafficNames: Readonly<Record<string, readonly string[]>> = {
  'expressway or airport': ['expressway', 'airport'],
  'sea, river, mountain pass': ['sea', 'river', 'mountain-pass'],
};

const readers: Readonly<Record<string, (row: RuleRow) => readonly Part[]>> = {
  tropical_cyclone: ({ condition, region }) => {
    const [span = ''] = found(/Beaufort (\S+)$/, condition);
    const sea = region.startsWith('Biển Đông') ? ['east-sea'] : ['coastal-waters'];
    return [
      {
        spans: { wind: spanOf(span) },
        words: { region: region.startsWith('đất liền') ? regionsIn(region) : sea },
      },
    ];
  },
  storm_surge: ({ condition, region }) => [
    {
      spans: { level: spanOf(found(/, m (\S+)$/, condition)[0] ?? '') },
      words: { coast: coastNames[region] ?? [] },
    },
  ],
  heavy_rain: ({ condition, region }) => rainParts(condition, region),
  flood: ({ condition, region }) => {
    const [span = ''] = found(
      /forecast level ([^(]*\S|[[(][^\])]+[\])]|\[BĐ[^\]]+\])(?: \(design.*)?$/,
      condition,
    );
    const [areas = ''] = found(/areas? ([\d,]+)/, region);
    const basins = /(one|several) basin/.exec(region)?.[1];
    return [
      {
        spans: { level: spanOf(span.replace(', ', ',').replace('> ', '>')) },
        words: { stationArea: areas.split(','), basins: basins ? [basins] : ['one', 'several'] },
      },
    ];
  },
  flash_flood_landslide: ({ condition, region }) => {
    const [rain = ''] = found(/^(\S+) mm/, condition);
    const [days = ''] = found(/rained (\S+) days/, condition);
    const [susceptibility = '', area = ''] = found(/susceptibility (\S+); provinces of area (\d)/, region);
    return [
      {
        spans: { rain24: spanOf(rain), daysBefore: spanOf(days) },
        words: { susceptibility: [susceptibility.replace('_', '-')], flashFloodArea: [area] },
      },
    ];
  },
  heat: ({ condition, region }) => {
    const [maximum = '', days = ''] = found(/Tmax (\S+) degC for (\S+) days/, condition);
    return [
      { spans: { maximum: spanOf(maximum), days: spanOf(days) }, words: { region: regionsIn(region) } },
    ];
  },
  drought: ({ condition, region }) => {
    const [rain = '', months = '', surface = ''] = found(
      /rainfall deficit (\S+) % vs normal for (\S+) months AND surface-water deficit (\S+) %/,
      condition,
    );
    return [
      {
        spans: { rainDeficit: spanOf(rain), months: spanOf(months), surfaceDeficit: spanOf(surface) },
        words: { region: regionsIn(region) },
      },
    ];
  },
  saltwater_intrusion: ({ condition, region }) => {
    const [concentration = '', km = ''] = found(/^(\d) per-mille boundary reaches (\S+) km/, condition);
    return [{ spans: { [`boundary${concentration}`]: spanOf(km) }, words: { region: regionsIn(region) } }];
  },
  strong_wind_at_sea: ({ condition, region }) => [
    {
      spans: { wind: spanOf(found(/Beaufort (\S+)$/, condition)[0] ?? '') },
      words: { region: [region.startsWith('coastal') ? 'coastal-waters' : 'east-sea'] },
    },
  ],
  fog: ({ condition, region }) => [
    {
      spans: { visibility: spanOf(found(/visibility (\S+) m/, condition)[0] ?? '') },
      words: { traffic: trafficNames[region] ?? [] },
    },
  ],
  tornado_lightning_hail: ({ region }) => [{ spans: {}, words: { extent: extentsIn(region) } }],
  cold_frost: ({ condition, region }) => {
    const [mean = '', days = ''] = found(/mean T ?(\S+) degC for (\S+) days/, condition);
    return [
      {
        spans: { mean: spanOf(mean), days: spanOf(days) },
        words: {
          coldRegion: region.startsWith('đồng bằng') ? ['plain-north', 'plain-centre'] : ['highland-north'],
        },
      },
    ];
  },
  wildfire: ({ condition, region }) => {
    const fireZone = found(/zone (.+)$/, region)[0]?.split(' or ') ?? [];
    const parts = condition.replace(/ \(SAME.*| leading to.*/, '').split(', or ');
    return parts.map((part) => {
      const [maximum = '35', days = ''] = found(/([<>]35) for (\S+)(?: consecutive)? days/, part);
      // A spell of no day is none: the text says "lasting".
      const upper = spanOf(days);
      return {
        spans: {
          maximum: spanOf(maximum),
          days: upper.min === -Infinity ? { ...upper, min: 1 } : upper,
        },
        words: { fireZone, ...(condition.includes('drying out') && { driedOut: ['yes'] }) },
      };
    });
  },
  earthquake: ({ condition, region }) => {
    const [, text = ''] = found(/MSK-64 (observed intensity )?(.+)$/, condition);
    const landUse = ['rural', 'urban', 'reservoir'].filter((word) => region.includes(word));
    return [
      {
        spans: { intensity: spanOf(text.replace('> ', '>')) },
        words: { landUse: landUse.length > 0 ? landUse : ['rural', 'urban', 'reservoir'] },
      },
    ];
  },
  tsunami: ({ condition }) => {
    const [height = '', intensity = ''] = found(
      /^(?:height )?(\S+) m, (?:tsunami intensity )?(\S+)$/,
      condition,
    );
    return [{ spans: { height: spanOf(height), intensity: spanOf(intensity) }, words: {} }];
  },
};

/** Our name of a hazard of the rows. */
export const hazardOfRows: Readonly<Record<string, string>> = {
  tropical_cyclone: 'storm',
  storm_surge: 'surge',
  heavy_rain: 'rain',
  flood: 'flood',
  flash_flood_landslide: 'flash-flood',
  heat: 'heat',
  drought: 'drought',
  saltwater_intrusion: 'salinity',
  strong_wind_at_sea: 'sea-wind',
  fog: 'fog',
  tornado_lightning_hail: 'tornado-lightning-hail',
  cold_frost: 'cold-frost',
  wildfire: 'wildfire',
  earthquake: 'earthquake',
  tsunami: 'tsunami',
};

/** Every way to meet the condition of a row. */
export function readRow(row: RuleRow): readonly ReadRow[] {
  const read = readers[row.hazard];
  const hazard = hazardOfRows[row.hazard];
  if (!read || hazard === undefined) throw new Error(`unknown hazard ${row.hazard}`);
  return read(row).map((part) => ({ row, hazard, ...part }));
}

export { coasts };
