import type { AnyModel } from '../model.ts';
import { airblastModels } from './airblast.ts';
import { dispersionModels } from './dispersion.ts';
import { explosionModels } from './explosion.ts';
import { fireballModels } from './fireball.ts';
import { harmModels } from './harm.ts';
import { jetFireModels } from './jet-fire.ts';
import { operationsModels } from './operations.ts';
import { poolFireModels } from './pool-fire.ts';
import { radiologicalModels } from './radiological.ts';
import { releaseModels } from './release.ts';

/** Every model there is, in the order of the page docs/consequences.md. */
export const models: readonly AnyModel[] = [
  ...releaseModels,
  ...poolFireModels,
  ...jetFireModels,
  ...fireballModels,
  ...airblastModels,
  ...explosionModels,
  ...dispersionModels,
  ...harmModels,
  ...radiologicalModels,
  ...operationsModels,
];

const byId = new Map(models.map((model) => [model.id, model]));

/** The model of an id, or undefined. */
export function modelOf(id: string): AnyModel | undefined {
  return byId.get(id);
}
