import type { Answer } from '../cli.ts';
import { type Contour, plumeContour, radialContour } from '../contour/contour.ts';
import { defaultSearch, distanceTo, type Reach } from '../contour/distance.ts';
import type { Position } from '../contour/geo.ts';
import type { InvalidInput } from '../outcome.ts';
import {
  inputsOf,
  modelNamed,
  needed,
  numberOf,
  option,
  shown,
  UsageError,
  type Words,
  withUnit,
} from './words.ts';

/** How far, or why not, as a person reads it. */
export function reachText(reach: Reach | InvalidInput): string {
  switch (reach.kind) {
    case 'reached':
      return `${shown(reach.distanceM)} m`;
    case 'not-reached':
      return 'not reached';
    case 'invalid-input':
      return `${reach.input} ${reach.why}`;
    default:
      return `OUTSIDE RANGE: ${reach.outside.quantity} = ${withUnit(reach.outside.value, reach.outside.unit)}; ${reach.outside.why}`;
  }
}

export function distanceCommand(words: Words): Answer {
  const model = modelNamed(words.plain[0]);
  const output = needed(words, 'output');
  const level = numberOf(needed(words, 'level'), 'level');
  const reach = distanceTo({ model, inputs: inputsOf(model, words.inputs), output, level });
  const unit = model.outputs[output]?.unit ?? '';
  return {
    json: { model: model.id, pack: model.pack, output, level, unit, reach },
    text: `${model.id} [${model.pack}] ${output} ${level} ${unit}: ${reachText(reach)}`,
    given: reach.kind === 'reached',
  };
}

function positionOf(text: string): Position {
  const [longitude, latitude, ...more] = text.split(',').map((part) => numberOf(part, '--at'));
  if (longitude === undefined || latitude === undefined || more.length > 0)
    throw new UsageError('--at wants LONGITUDE,LATITUDE');
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 89) throw new UsageError('--at is not on the map');
  return [longitude, latitude];
}

function contourText(contour: Contour): string {
  return contour.kind === 'zone'
    ? reachText({ kind: 'reached', distanceM: contour.zone.properties.farthestM })
    : reachText(contour);
}

export function contourCommand(words: Words): Answer {
  const model = modelNamed(words.plain[0]);
  const output = needed(words, 'output');
  const levels = needed(words, 'level')
    .split(',')
    .map((text) => numberOf(text, 'level'));
  const origin = positionOf(needed(words, 'at'));
  const directions = numberOf(option(words, 'directions') ?? '360', '--directions');
  if (!Number.isInteger(directions) || directions < 8 || directions > 3600)
    throw new UsageError('--directions must be a whole number from 8 to 3600');
  const windFrom = option(words, 'wind-from');
  const leeward = Object.hasOwn(model.inputs, 'acrossM');
  if (leeward && windFrom === undefined) throw new UsageError('a plume wants --wind-from DEGREES');
  const inputs = inputsOf(model, words.inputs);
  const contours = levels.map((level) => {
    const request = { model, inputs, output, level, origin, directions, search: defaultSearch };
    return leeward && windFrom !== undefined
      ? plumeContour({ ...request, windToDeg: (numberOf(windFrom, '--wind-from') + 180) % 360 })
      : radialContour(request);
  });
  const zones = contours.flatMap((contour) => (contour.kind === 'zone' ? [contour.zone] : []));
  const without = contours.flatMap((contour, index) =>
    contour.kind === 'zone' ? [] : [{ level: levels[index], ...contour }],
  );
  const unit = model.outputs[output]?.unit ?? '';
  return {
    // Members that GeoJSON does not know are allowed beside it (RFC 7946, 6.1).
    json: { type: 'FeatureCollection', features: zones, withoutZone: without },
    text: [
      `${model.id} [${model.pack}] ${output}`,
      ...contours.map((contour, index) => `  ${levels[index]} ${unit}: ${contourText(contour)}`),
    ].join('\n'),
    given: without.length === 0,
  };
}
