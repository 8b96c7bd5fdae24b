import { vietNam } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import type { DatabaseAddress } from '../platform/index.ts';
import { archiveLog } from './index.ts';

/** A run that kills its own process, as hard as it can be done, before the step of this number. Arguments: address, folder, now, step. */
const [address, folder, now, die] = process.argv.slice(2);
let steps = 0;
await archiveLog({
  // Written by the test beside this file.
  address: JSON.parse(address ?? '') as DatabaseAddress,
  world: LIVE,
  folder: folder ?? '',
  country: vietNam,
  program: 'test',
  now: new Date(now ?? ''),
  progress: () => undefined,
  step: () => {
    steps += 1;
    if (steps === Number(die)) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(String(steps));
