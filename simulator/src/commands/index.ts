import { telephoneGateway } from '../telephone-gateway/index.ts';
import type { SimulatorCommand } from './command.ts';
import { demonstration } from './demonstration.ts';
import { panels } from './panels.ts';
import { powerCut } from './power-cut.ts';
import { storm } from './storm.ts';

export const commands: readonly SimulatorCommand[] = [
  panels,
  storm,
  powerCut,
  telephoneGateway,
  demonstration,
];
