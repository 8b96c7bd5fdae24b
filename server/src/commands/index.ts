import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

/** By name, in the order in which `keng help` lists them. Only the one that is run is loaded. */
const COMMANDS: Readonly<Record<string, Load>> = {
  serve: () => import('./serve.ts'),
  demonstration: () => import('./demonstration.ts'),
  migrate: () => import('./migrate.ts'),
  organisation: () => import('./organisation.ts'),
  import: () => import('./import.ts'),
  user: () => import('./user.ts'),
  verify: () => import('./verify.ts'),
  erase: () => import('./erase.ts'),
  archive: () => import('./archive.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
};

/** The command of this name; undefined: there is none. */
export async function findCommand(name: string): Promise<Command | undefined> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return load && (await load()).command;
}

export async function allCommands(): Promise<readonly Command[]> {
  const loaded = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return loaded.map(({ command }) => command);
}
