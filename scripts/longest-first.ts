import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take longest, the longest first. They are begun before all others, so that both workers end together; the order among
 * the short ones is left to vitest.
 */
export const LONG: readonly string[] = [
  'e2e/screens.test.ts',
  'server/src/commands/centre-processes.test.ts',
  'server/src/intake/kill/kill.test.ts',
  'e2e/room.test.ts',
  'e2e/holds.test.ts',
  'e2e/alarm-journey.test.ts',
  'e2e/desk.test.ts',
  'e2e/owner-log-in.test.ts',
  'server/src/commands/takeover.test.ts',
  'e2e/bare-centre.test.ts',
  'e2e/passkeys.test.ts',
  'server/src/commands/centre-metrics.test.ts',
  'server/src/intake/supervision/power-cut.test.ts',
  'server/src/backup/backup.test.ts',
];

/** First the long files of a project, then its others; projects follow each other as in vitest.config.ts. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { projects, config } = this.ctx;
    const place = ({ project }: TestSpecification): number => projects.indexOf(project);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(moduleId.slice(config.root.length + 1));
      return at < 0 ? LONG.length : at;
    };
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => place(a) - place(b) || rank(a) - rank(b));
  }
}
