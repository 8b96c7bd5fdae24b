import { command as archive } from './archive.ts';
import { command as backup } from './backup.ts';
import type { Command } from './command.ts';
import { command as demonstration } from './demonstration.ts';
import { command as erase } from './erase.ts';
import { command as takeIn } from './import.ts';
import { command as migrate } from './migrate.ts';
import { command as organisation } from './organisation.ts';
import { command as restore } from './restore.ts';
import { command as serve } from './serve.ts';
import { command as user } from './user.ts';
import { command as verify } from './verify.ts';

/** In the order in which `keng help` lists them. */
export const commands: readonly Command[] = [
  serve,
  demonstration,
  migrate,
  organisation,
  takeIn,
  user,
  verify,
  erase,
  archive,
  backup,
  restore,
];
