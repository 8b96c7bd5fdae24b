import { telephoneGateway } from '../telephone-gateway/index.ts';
import type { SimulatorCommand } from './command.ts';
import { demonstration } from './demonstration.ts';
import { panels } from './panels.ts';
import { storm } from './storm.ts';

export const commands: readonly SimulatorCommand[] = [panels, storm, telephoneGateway, demonstration];
