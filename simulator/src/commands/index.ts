import type { SimulatorCommand } from './command.ts';
import { panels } from './panels.ts';
import { storm } from './storm.ts';

export const commands: readonly SimulatorCommand[] = [panels, storm];
