import type { Area, Attributes, AttributeValue, Chosen, Station } from '@keng/hazards';
import { stationAreaOf } from './annex-13.ts';
import { type Coast, coastsOfLaw, flashFloodAreas, regionsOfLaw } from './regions.ts';

/** A present province and the provinces of 2021 that went into it. */
export interface Province {
  readonly code: string;
  readonly formerProvinces: readonly string[];
}

/** A present commune, with what a deployment knows about it. */
export interface Commune {
  readonly code: string;
  readonly name: string;
  /** Code of the present province. */
  readonly province: string;
  /** Its province of 2021, where that is known: the rules still speak of it. */
  readonly formerProvince?: string;
  /** On the sea. */
  readonly coastal?: boolean;
  /** terrain, landUse, susceptibility, fireZone, traffic, permanentSalinity, crops ... as the tables ask for them. */
  readonly attributes?: Attributes;
}

/** The special zones are islands of the East Sea. */
const islands: readonly string[] = ['20333', '22736'];

function regionOf(former: string): string | undefined {
  return Object.entries(regionsOfLaw).find(([, names]) => (names as readonly string[]).includes(former))?.[0];
}

function flashFloodAreaOf(former: string): string {
  return Object.entries(flashFloodAreas).find(([, names]) => names.includes(former))?.[0] ?? 'none';
}

function coastsOf(former: string): readonly Coast[] {
  return Object.entries(coastsOfLaw)
    .filter(([, names]) => (names as readonly string[]).includes(former))
    .map(([coast]) => coast as Coast);
}

const north = ['tay-bac', 'viet-bac', 'dong-bac', 'dong-bang-bac-bo'];
const centre = ['bac-trung-bo', 'trung-trung-bo'];

/** The region of Article 53: plain or highland, of the north or of the centre. */
function coldRegionOf(region: string | undefined, terrain: AttributeValue | undefined): string | undefined {
  if (region === undefined) return undefined;
  if (!north.includes(region) && !centre.includes(region)) return 'none';
  if (terrain === undefined) return undefined;
  const part = north.includes(region) ? 'north' : 'centre';
  return terrain === 'plain' || terrain === 'coast' ? `plain-${part}` : `highland-${part}`;
}

/** The one value that all candidates give, or none. */
function common(
  candidates: readonly string[],
  of: (former: string) => string | undefined,
): string | undefined {
  const values = new Set(candidates.map(of));
  const [only] = values;
  return values.size === 1 ? only : undefined;
}

/**
 * The areas of the rules: present communes for the addressees, with the attributes that follow from their provinces of
 * 2021. Where the former province is not known and matters, the attribute stays open and says between which it lies.
 */
export function vietNamAreas(communes: readonly Commune[], provinces: readonly Province[]): readonly Area[] {
  const formerOf = new Map(provinces.map(({ code, formerProvinces }) => [code, formerProvinces]));
  return communes.map((commune) => {
    const candidates = commune.formerProvince
      ? [commune.formerProvince]
      : (formerOf.get(commune.province) ?? []);
    const attributes: Record<string, AttributeValue> = {};
    const open: Record<string, string> = {};
    const set = (name: string, value: string | undefined, note: string) => {
      if (value === undefined) open[name] = note;
      else attributes[name] = value;
    };
    const which = `province of 2021: ${candidates.join(', ')}`;
    const island = islands.includes(commune.code);
    const region = island ? 'east-sea' : common(candidates, regionOf);
    set('region', region, which);
    set('flashFloodArea', island ? 'none' : common(candidates, flashFloodAreaOf), which);
    set('coldRegion', coldRegionOf(region, commune.attributes?.terrain), `${which}; terrain`);
    const coastal =
      commune.coastal ?? (candidates.every((one) => coastsOf(one).length === 0) ? false : undefined);
    set('coastal', coastal === undefined ? undefined : coastal ? 'yes' : 'no', 'whether it is on the sea');
    const coasts = [...new Set(candidates.flatMap(coastsOf))];
    const one = coasts.length === 1 ? coasts[0] : undefined;
    set('coast', coastal === false ? 'none' : coastal ? one : undefined, `coast: ${coasts.join(', ')}`);
    return {
      id: `commune:${commune.code}`,
      name: commune.name,
      within: [
        `province:${commune.province}`,
        ...(commune.formerProvince ? [`province-2021:${commune.formerProvince}`] : []),
        ...(typeof region === 'string' ? [`region:${region}`] : []),
        'country:vn',
      ],
      // What the deployment says goes before what follows from the province.
      attributes: { ...attributes, ...commune.attributes },
      open: Object.fromEntries(
        Object.entries(open).filter(([name]) => commune.attributes?.[name] === undefined),
      ),
    };
  });
}

/** The waters of the articles: the East Sea, and the coastal waters off each region that has a coast. */
export const seaAreas: readonly Area[] = [
  {
    id: 'sea:east-sea',
    name: 'Biển Đông',
    within: ['country:vn'],
    attributes: { region: 'east-sea', traffic: 'sea', coast: 'none', coastal: 'no' },
  },
  ...['dong-bac', 'dong-bang-bac-bo', 'bac-trung-bo', 'trung-trung-bo', 'nam-trung-bo', 'nam-bo'].map(
    (coastOf): Area => ({
      id: `sea:coast-${coastOf}`,
      name: `vùng biển ven bờ ${coastOf}`,
      within: ['sea:coastal', 'country:vn'],
      attributes: { region: 'coastal-waters', coastOf, traffic: 'sea', coast: 'none', coastal: 'no' },
    }),
  ),
];

/** What is known of a station. Levels in metres above its zero; none of them is in this package. */
export interface FloodStation {
  readonly id: string;
  readonly name: string;
  /** Province of 2021, by which the annex is sorted. */
  readonly formerProvince: string;
  readonly areas: readonly string[];
  readonly alarm1?: number;
  readonly alarm2?: number;
  readonly alarm3?: number;
  readonly historic?: number;
  readonly design?: number;
  readonly floodWorks?: boolean;
  readonly datum?: string;
}

/**
 * A station of the rules, with its area of Annex XIII.
 * @throws {RangeError} when the alarm levels do not rise
 */
export function floodStation(station: FloodStation): Station {
  const { id, name, formerProvince, areas, alarm1, alarm2, alarm3, historic, design, floodWorks, datum } =
    station;
  const alarms = [alarm1, alarm2, alarm3].filter((one) => one !== undefined);
  if (alarms.some((one, at) => at > 0 && one <= (alarms[at - 1] ?? one)))
    throw new RangeError(`the alarm levels of ${name} do not rise: ${alarms.join(', ')}`);
  const stationArea = stationAreaOf(formerProvince, name);
  return {
    id,
    name,
    areas,
    attributes: {
      ...(stationArea !== undefined && { stationArea }),
      ...(alarm1 !== undefined && { alarm1 }),
      ...(alarm2 !== undefined && { alarm2 }),
      ...(alarm3 !== undefined && { alarm3 }),
      ...(historic !== undefined && { historic }),
      ...(design !== undefined && { design }),
      ...(floodWorks !== undefined && { floodWorks: floodWorks ? 'yes' : 'no' }),
      ...(datum !== undefined && { stationDatum: datum }),
    },
    ...(stationArea === undefined && {
      open: { stationArea: 'not in Annex XIII: set by the province and the ministry (Article 45.9)' },
    }),
  };
}

/**
 * The extent of Articles 44 and 52 from the communes that are affected. Districts ended in 2025, so communes are counted.
 * `adjacent` says whether two provinces touch. undefined: a commune's province of 2021 is not known and is asked for.
 */
export function extentOf(
  affected: ReadonlySet<string>,
  communes: readonly Commune[],
  adjacent: (one: string, other: string) => boolean,
  chosen: Chosen,
): string | undefined {
  const ofPresent = chosen['units.province'] !== 'of-2021';
  const counts = new Map<string, { all: number; affected: number }>();
  for (const commune of communes) {
    const province = ofPresent ? commune.province : commune.formerProvince;
    if (province === undefined) return undefined;
    const count = counts.get(province) ?? { all: 0, affected: 0 };
    count.all += 1;
    if (affected.has(commune.code)) count.affected += 1;
    counts.set(province, count);
  }
  const touched = [...counts].filter(([, count]) => count.affected > 0);
  const [first] = touched;
  if (!first) return 'none';
  if (touched.length === 1) {
    const twice = first[1].affected * 2;
    if (twice === first[1].all) return 'exactly-half';
    return twice < first[1].all ? 'under-half' : 'over-half';
  }
  const touching = touched.some(([one], at) => touched.slice(at + 1).some(([other]) => adjacent(one, other)));
  return touching ? 'many' : 'several-apart';
}
