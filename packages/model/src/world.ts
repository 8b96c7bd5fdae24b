import type { Branded } from './ids.ts';

/** `live`, or one exercise. It leads every key of the database: no row can point from one world into another. */
export type World = Branded<string, 'World'>;

export const LIVE = 'live' as World;

const EXERCISE = /^exercise-[a-z0-9][a-z0-9-]{0,62}$/;

/** Reads a world's name; anything that is neither `live` nor `exercise-...` is refused with null. */
export function parseWorld(text: string): World | null {
  return text === LIVE || EXERCISE.test(text) ? (text as World) : null;
}

export function isExercise(world: World): boolean {
  return world !== LIVE;
}
