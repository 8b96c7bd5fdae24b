import { TRANSMITTER_PROTOCOLS } from '@keng/model';
import { runKillCycles } from '../../server/src/intake/kill/kill-cycles.ts';
import { type Bench, rowOf } from './bench.ts';

/** Rule of three: 300 cycles without a loss say less than 1 % a cycle at 95 %. */
export const killBench: Bench = {
  name: 'kill',
  title: 'kill -9 of the receiver and of PostgreSQL while frames arrive; the panels keep their own ledger',
  options: { cycles: 'how many kills; 300', protocol: `${TRANSMITTER_PROTOCOLS.join(', ')}; dc09` },
  async run(context) {
    const cycles = Number(context.options.cycles ?? 300);
    const protocol = TRANSMITTER_PROTOCOLS.find((one) => one === context.options.protocol) ?? 'dc09';
    const on = await runKillCycles({
      protocol,
      cycles,
      victims: ['receiver', 'PostgreSQL', 'receiver', 'PostgreSQL', 'both'],
      synchronousCommit: 'on',
      say: context.say,
    });
    context.row(rowOf('kills', on.cycles, 'kills', null));
    context.row(rowOf('acknowledged', on.acknowledged, 'alarms', null));
    context.row(rowOf('retries', on.retries, 'frames', null));
    context.row(rowOf('acknowledged and lost', on.lost, 'alarms', { atMost: 0 }));
    context.row(rowOf('stored twice', on.doubled, 'alarms', { atMost: 0 }));
    const off = await runKillCycles({
      protocol,
      cycles: Math.max(5, Math.round(cycles / 20)),
      victims: ['PostgreSQL'],
      synchronousCommit: 'off',
      say: context.say,
    });
    context.row(rowOf('control (synchronous_commit off): lost', off.lost, 'alarms', { atLeast: 1 }));
  },
};
