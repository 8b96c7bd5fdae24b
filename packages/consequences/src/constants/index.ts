import * as blast from './blast.ts';
import * as dispersion from './dispersion.ts';
import * as fire from './fire.ts';
import * as harm from './harm.ts';
import * as operations from './operations.ts';
import * as physics from './physics.ts';
import * as radiological from './radiological.ts';

/** Every constant that a formula uses, by file and table. The mutation run walks this and changes one number at a time. */
export const constantTables: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  physics,
  fire,
  blast,
  dispersion,
  harm,
  radiological,
  operations,
};
