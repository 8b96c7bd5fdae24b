import { describeError } from '../platform/index.ts';
import type { ServingCentre } from './centre-processes.ts';

/** npm passes a Ctrl-C on to a program that the terminal has told already: the echo is not a second wish. */
const echoMs = 800;

/**
 * Waits for Ctrl-C or SIGTERM and stops the centre; a second one forces. `alsoStop` runs before (simulators). Resolves to the exit
 * code.
 */
export async function runUntilStopped(
  centre: Pick<ServingCentre, 'stop' | 'forceStop'> & Partial<Pick<ServingCentre, 'reload'>>,
  progress: (line: string) => void,
  alsoStop: () => Promise<void> = async () => {},
): Promise<number> {
  let firstAt = 0;
  return await new Promise<number>((resolve, reject) => {
    const onSignal = (): void => {
      if (firstAt === 0) {
        firstAt = performance.now();
        progress('stopping (Ctrl-C once more forces)');
        alsoStop()
          .then(() => centre.stop())
          .then(
            () => finish(() => resolve(0)),
            (error: unknown) => finish(() => reject(error)),
          );
      } else if (performance.now() - firstAt > echoMs) {
        progress('stopping at once');
        centre.forceStop().then(
          () => finish(() => resolve(130)),
          (error: unknown) => finish(() => reject(error)),
        );
      }
    };
    let reloading: Promise<void> | null = null;
    const onReload = (): void => {
      if (reloading || firstAt !== 0 || !centre.reload) return;
      progress('replacing every process by one of the program as it is now');
      reloading = centre
        .reload()
        .then(
          () => progress('every process has been replaced'),
          (error: unknown) => progress(`not replaced: ${describeError(error)}`),
        )
        .finally(() => {
          reloading = null;
        });
    };
    const finish = (settle: () => void): void => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.off('disconnect', onSignal);
      process.off('SIGUSR2', onReload);
      settle();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGUSR2', onReload);
    // Forked by a program (simulator, tests) that is gone, however it ended: a centre nobody asked for does not stay behind.
    process.on('disconnect', onSignal);
  });
}
