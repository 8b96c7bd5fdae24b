import process from 'node:process';
import { vietNam } from '@keng/country-vn';
import { seaAreas, stationAreaOf, vietNamAreas, vietNamHazards } from '@keng/country-vn/hazards';
import { type Area, Assessor, type Observation, type Station } from '@keng/hazards';
import { type Bench, median, rowOf } from '../bench.ts';

/** The communes, wards and special zones of Viet Nam since July 2025. */
const communes = 3321;
const now = '2026-09-06T06:00:00Z';
const susceptibilities = ['low', 'medium', 'high', 'very-high'];
const terrains = ['midland', 'mountain', 'plain', 'coast'];

/** As many areas as there are communes, spread over the provinces of 2021. Their ground is invented for the bench. */
function communeAreas(): readonly Area[] {
  const provinces = vietNam.areas.provinces.flatMap(({ code, formerProvinces }) =>
    formerProvinces.map((formerProvince) => ({ code, formerProvince })),
  );
  return vietNamAreas(
    Array.from({ length: communes }, (_, at) => {
      const place = provinces[at % provinces.length];
      return {
        code: `bench-${at}`,
        name: `${at}`,
        province: place?.code ?? '',
        formerProvince: place?.formerProvince ?? '',
        coastal: at % 5 === 0,
        attributes: {
          terrain: terrains[at % 4] ?? '',
          susceptibility: [susceptibilities[at % 4] ?? '', susceptibilities[(at + 1) % 4] ?? ''],
          fireZone: String((at % 4) + 1),
          landUse: at % 7 === 0 ? ['rural', 'reservoir'] : [at % 3 === 0 ? 'urban' : 'rural'],
          traffic: at % 2 === 0 ? 'river' : 'expressway',
          permanentSalinity: 'no',
          ...(at % 5 === 0 && { coast: 'quang-binh-hue' }),
        },
      };
    }),
    vietNam.areas.provinces,
  );
}

/** One gauge for every tenth area. */
function gauges(areas: readonly Area[]): readonly Station[] {
  return areas
    .filter((_, at) => at % 10 === 0)
    .map(({ id }, at) => ({
      id: `gauge-${at}`,
      name: `${at}`,
      areas: [id],
      attributes: {
        stationArea: stationAreaOf('Quảng Nam', 'Câu Lâu') ?? '',
        alarm1: 2,
        alarm2: 3,
        alarm3: 4,
        historic: 5.48,
        floodWorks: 'no',
      },
    }));
}

let number = 0;
function value(
  quantity: string,
  of: number | string,
  unit: string,
  place: Observation['place'],
  kind: Observation['kind'] = 'forecast',
): Observation {
  number += 1;
  return {
    id: `${number}`,
    revision: 0,
    source: 'bench',
    kind,
    quantity,
    value: of,
    unit,
    time: '2026-09-06T05:00:00Z',
    validTo: '2026-09-07T05:00:00Z',
    place,
    flags: [],
  };
}

const country = { kind: 'area' as const, area: 'country:vn' };

/** A bad day: every hazard has its inputs, rain differs in each commune, water at each gauge. */
function badDay(areas: readonly Area[], stations: readonly Station[]): readonly Observation[] {
  const kinds = ['forecast', 'observation'] as const;
  return [
    ...kinds.flatMap((kind) => [
      value('cyclone.wind-force', 12, 'Beaufort', country, kind),
      value('sea.wind-force', 9, 'Beaufort', country, kind),
      value('sea.total-level', 3.4, 'm', country, kind),
      value('rain.days', 3, 'day', country, kind),
      value('rain.extent', 'many', 'word', country, kind),
      value('flood.basins', 'several', 'word', country, kind),
      value('air-temperature.daily-maximum', 38, 'degC', country, kind),
      value('heat.days', 12, 'day', country, kind),
      value('wildfire.days', 12, 'day', country, kind),
      value('earthquake.intensity', 6.4, 'MSK-64', country, kind),
      value('tsunami.height', 3, 'm', country, kind),
      value('tsunami.intensity', 7, 'tsunami-intensity', country, kind),
      value('visibility', 40, 'm', country, kind),
      value('convective.extent', 'under-half', 'word', country, kind),
      value('air-temperature.daily-mean', 7, 'degC', country, kind),
      value('cold.days', 6, 'day', country, kind),
      value('rain.monthly-deficit', 60, '%', country, kind),
      value('rain.deficit-months', 4, 'month', country, kind),
      value('surface-water.deficit', 60, '%', country, kind),
      value('salinity.distance-4-permille', 60, 'km', country, kind),
      value('salinity.estuaries', 4, 'count', country, kind),
    ]),
    value('rain.days-before', 3, 'day', country, 'observation'),
    ...areas.map(({ id }, at) =>
      value('rain.24-hours', 80 + (at % 400), 'mm', { kind: 'area', area: id }, kinds[at % 2]),
    ),
    ...stations.map(({ id }, at) =>
      value('water.level', 1 + (at % 50) / 10, 'm', { kind: 'station', station: id }, kinds[at % 2]),
    ),
  ];
}

/** Processor time of each call in milliseconds: what it costs whatever else the machine does. */
function timesOf(runs: number, call: (at: number) => void): readonly number[] {
  return Array.from({ length: runs }, (_, at) => {
    const before = process.cpuUsage();
    call(at);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
}

export const hazardsBench: Bench = {
  name: 'hazards',
  title: `All hazards of Viet Nam for ${communes.toLocaleString('en-US')} areas and the waters, processor time`,
  run: async (context) => {
    const areas = [...communeAreas(), ...seaAreas];
    const stations = gauges(areas);
    const assessor = new Assessor({ rules: vietNamHazards, areas, stations });
    for (const one of badDay(areas, stations)) {
      const heard = assessor.observe(one, now);
      if (heard.kind !== 'heard' || heard.reception.kind !== 'taken')
        throw new Error(`${one.quantity} was not taken: ${JSON.stringify(heard)}`);
    }
    const levels = [...assessor.verdicts()].filter(({ verdict }) => verdict.kind === 'level').length;
    context.say(`${areas.length} areas, ${stations.length} gauges, ${levels} verdicts with a level`);
    if (levels < communes) throw new Error('the day is too quiet: hardly a verdict has a level');
    const runs = Math.max(20, context.rounds * 20);
    const rows: readonly (readonly [row: string, call: (at: number) => void])[] = [
      [
        'one value of a commune, then all hazards of all areas',
        (at) => {
          const place = { kind: 'area' as const, area: areas[at % communes]?.id ?? '' };
          assessor.observe(value('rain.24-hours', 101 + at, 'mm', place), now);
          assessor.assessAll(now);
        },
      ],
      [
        'one value of the whole country, then all hazards of all areas',
        (at) => {
          assessor.observe(value('cyclone.wind-force', 6 + (at % 11), 'Beaufort', country), now);
          assessor.assessAll(now);
        },
      ],
      [
        'one value of the whole country, what it touches',
        (at) => {
          assessor.observe(value('air-temperature.daily-maximum', 36 + (at % 7), 'degC', country), now);
        },
      ],
      [
        'one value of a gauge, what it touches',
        (at) => {
          const place = { kind: 'station' as const, station: stations[at % stations.length]?.id ?? '' };
          assessor.observe(value('water.level', 2 + (at % 40) / 10, 'm', place, 'observation'), now);
        },
      ],
    ];
    for (const [row, call] of rows) {
      timesOf(5, call);
      const times = timesOf(runs, call);
      context.row(rowOf(row, median(times), 'ms', { atMost: 100 }));
      context.row(rowOf(`${row}: worst of ${runs}`, Math.max(...times), 'ms', { atMost: 100 }));
    }
  },
};
