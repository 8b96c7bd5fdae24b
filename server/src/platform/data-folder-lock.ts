import fs from 'node:fs';
import path from 'node:path';
import { errorCode, PlatformError } from './platform-error.ts';
import { isRunning, startMark } from './process-table.ts';

export interface DataFolderLock {
  release(): void;
}

/**
 * One centre a data folder. The lock names a process and when it started, so that the lock of a killed Keng is seen as dead even
 * where its number has been given away again.
 */
export function lockDataFolder(dataFolder: string): DataFolderLock {
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  const file = path.join(dataFolder, 'keng.lock');
  const mine = `${process.pid} ${startMark(process.pid)}\n`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (writeNew(file, mine)) {
      return { release: () => removeIf(file, mine) };
    }
    const holder = lockHolder(dataFolder);
    if (holder !== undefined) {
      throw new PlatformError(
        'data-folder-in-use',
        `the data folder ${dataFolder} is used by Keng process ${holder}`,
        'stop that one, or give this one a data folder of its own with --data',
      );
    }
    fs.rmSync(file, { force: true });
  }
  throw new PlatformError(
    'data-folder-in-use',
    `the lock ${file} changes hands`,
    'start one Keng at a time on this data folder',
  );
}

/** The living process that holds the data folder, or undefined. */
export function lockHolder(dataFolder: string): number | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dataFolder, 'keng.lock'), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const [pidText, started] = text.trim().split(' ');
  const pid = Number(pidText);
  const alive = Number.isInteger(pid) && pid > 0 && isRunning(pid) && startMark(pid) === (started ?? '');
  return alive ? pid : undefined;
}

function writeNew(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function removeIf(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) fs.rmSync(file);
}
