import { Collector } from './collector.ts';
import { ReadError } from './finding.ts';
import { pointOf } from './place.ts';
import type { QuantityName } from './quantities.ts';
import { optionsOf, type Reading, type ReadOptions } from './reading.ts';
import type { Measure } from './row.ts';
import { objectOf, own, readJson, textAt } from './text/json.ts';
import { numberOf, quoted } from './text/number.ts';
import { isoTime } from './text/time.ts';

const MOTIONS: Readonly<Record<string, QuantityName>> = {
  MMI: 'earthquake.intensity-mmi',
  PGA: 'earthquake.peak-ground-acceleration',
  PGV: 'earthquake.peak-ground-velocity',
};

/**
 * `info.json` of a ShakeMap: the greatest intensity, acceleration and velocity of the map, all of them modelled.
 * Source: ShakeMap 4 manual, usgs.github.io/shakemap, "info.json".
 * @throws ReadError
 */
export function readShakeMap(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const root = objectOf(readJson(source, optionsOf(options).limits));
  const event = objectOf(own(objectOf(own(root, 'input')), 'event_information'));
  const motions = objectOf(own(objectOf(own(root, 'output')), 'ground_motions'));
  if (event === null || motions === null)
    throw new ReadError('not-this-source', 'there is no input.event_information and output.ground_motions');
  const collector = new Collector('usgs-shakemap', options);
  const at = { path: 'input.event_information', line: 0 };
  collector.row();
  const identity = textAt(event, 'event_id') ?? textAt(event, 'id');
  const time = isoTime((textAt(event, 'origin_time') ?? '').replace(' UTC', 'Z'));
  const place = pointOf(numberOf(own(event, 'latitude')), numberOf(own(event, 'longitude')));
  if (identity === null) collector.reject('row.identity-missing', at, 'there is no event_id');
  else if (time === null)
    collector.reject('row.time-missing', at, `origin_time ${quoted(own(event, 'origin_time'))}`);
  else if (place === null) collector.reject('row.place-missing', at, 'there is no latitude and longitude');
  else {
    if (!time.zoned) collector.say('time.zone-assumed', at, 'no zone: UTC was taken');
    const versions = objectOf(own(objectOf(own(root, 'processing')), 'shakemap_versions'));
    const made = isoTime(textAt(versions, 'process_time') ?? '');
    const depth = collector.number(own(event, 'depth'), at, '.depth');
    if (made !== null) collector.generatedAt(made.at);
    collector.accept({
      at,
      rows: 1,
      source: 'usgs-shakemap',
      identity: `${identity}/shakemap`,
      revision: made?.at ?? null,
      time: time.at,
      place: place.kind === 'point' && depth !== null ? { ...place, depthKm: depth } : place,
      flags: [
        'estimated',
        ...(textAt(versions, 'map_status') === 'automatic' ? (['provisional'] as const) : []),
      ],
      measures: [
        {
          quantity: 'earthquake.magnitude',
          value: collector.number(own(event, 'magnitude'), at, '.magnitude'),
        },
        ...Object.entries(MOTIONS).map(([name, quantity]): Measure => {
          const motion = objectOf(own(motions, name));
          const unit = textAt(motion, 'units');
          return {
            quantity,
            value: collector.number(own(motion, 'max'), {
              path: `output.ground_motions.${name}.max`,
              line: 0,
            }),
            unit: unit === null || unit === 'intensity' ? 'MMI' : unit,
          };
        }),
      ],
      details: {
        what: 'earthquake',
        region: textAt(event, 'location'),
        eventType: 'earthquake',
        magnitudeType: null,
        review: textAt(versions, 'map_status'),
        tsunamiFlag: false,
        impactAlert: null,
        feltReports: null,
        reportedIntensity: null,
        stationCount: numberOf(own(event, 'seismic_stations')),
        azimuthalGapDegrees: null,
        magnitudeUncertainty: null,
        depthUncertaintyKm: null,
        horizontalUncertaintyKm: null,
        origins: 1,
        magnitudes: 1,
        products: [],
      },
    });
  }
  return collector.reading();
}
