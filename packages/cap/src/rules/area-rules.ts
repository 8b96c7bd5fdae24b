import type { Severity } from '../finding.ts';
import { type RingFault, ringFaults } from '../geometry/ring.ts';
import { type AlertRule, eachArea } from './rule.ts';

const RING_TEXTS: Readonly<Record<RingFault, readonly [Severity, string]>> = {
  empty: ['error', 'a polygon without positions'],
  few: ['error', 'a polygon has at least four positions, the first again at the end'],
  open: ['error', 'the last position is not the first'],
  latitude: ['error', 'a latitude beyond 90 degrees: latitude comes first'],
  longitude: ['error', 'a longitude beyond 180 degrees'],
  crossing: ['error', 'the polygon crosses itself'],
};
/** Half the way round the Earth: no radius is longer. */
const HALF_GLOBE_KM = 20_037.5;
const ADVISED_VERTICES = 100;

export const areaRules: readonly AlertRule[] = [
  (alert, say) =>
    eachArea(alert, (area, path) => {
      for (const [index, ring] of area.polygon.entries()) {
        const own = `${path}/polygon[${index + 1}]`;
        for (const fault of ringFaults(ring))
          say(`polygon.${fault}`, RING_TEXTS[fault][0], own, RING_TEXTS[fault][1]);
        if (ring.length > ADVISED_VERTICES)
          say(
            'polygon.vertices',
            'advice',
            own,
            `${ring.length} positions; more than ${ADVISED_VERTICES} are slow on many devices`,
          );
      }
      for (const [index, { center, radiusKm }] of area.circle.entries()) {
        const own = `${path}/circle[${index + 1}]`;
        if (Math.abs(center[0]) > 90)
          say('circle.latitude', 'error', own, 'a latitude beyond 90 degrees: latitude comes first');
        if (Math.abs(center[1]) > 180)
          say('circle.longitude', 'error', own, 'a longitude beyond 180 degrees');
        if (radiusKm < 0) say('circle.negative', 'error', own, 'a radius below zero');
        if (radiusKm === 0) say('circle.zero', 'warning', own, 'a radius of zero covers nothing');
        if (radiusKm > HALF_GLOBE_KM)
          say(
            'circle.globe',
            'error',
            own,
            'more than half the globe: the radius is in kilometres, not metres',
          );
      }
    }),
  (alert, say, { knowsGeocode }) =>
    eachArea(alert, (area, path) => {
      if (area.areaDesc.trim() === '')
        say('areaDesc.empty', 'error', `${path}/areaDesc`, 'nobody can read where it is');
      const shapes = area.polygon.length + area.circle.length;
      if (shapes + area.geocode.length === 0)
        say(
          'area.text-only',
          'warning',
          path,
          'no polygon, circle or code: no device can tell whether it is meant',
        );
      for (const [index, { valueName, value }] of area.geocode.entries())
        if (knowsGeocode?.(valueName, value) === false)
          say('geocode.unknown', 'warning', `${path}/geocode[${index + 1}]`, `${valueName} has no ${value}`);
      if (area.ceiling !== null && area.altitude === null)
        say('ceiling.altitude', 'error', `${path}/ceiling`, 'ceiling needs altitude');
      if (area.ceiling !== null && area.altitude !== null && area.ceiling <= area.altitude)
        say('ceiling.below', 'error', `${path}/ceiling`, 'the ceiling is not above the altitude');
    }),
  (alert, say) => {
    for (const [index, info] of alert.info.entries())
      if (info.area.length === 0 && alert.msgType !== 'Cancel')
        say('area.missing', 'warning', `alert/info[${index + 1}]/area`, 'it says nowhere where');
  },
];
