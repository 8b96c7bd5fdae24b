import { accountOf, encodeData, encodeFrame, localTime } from '@keng/gb26875';
import { ACCOUNTS, type Dialect } from './dialect.ts';

const CENTRE = 114;
const FIRST_SOURCE = 0xb0000;
const CONFIRM = 3;
const ANSWER_BYTES = 30;

// What devices send: 2 in 100 are fire, 28 faults and what ends them, 70 that a part was tested.
const [TEST, NORMAL, FIRE, FAULT, SUPERVISORY] = [0, 1, 2, 4, 16] as const;
const STATES = [TEST, FAULT, NORMAL, SUPERVISORY] as const;
function stateOf(frame: number): number {
  if (frame % 50 === 0) return FIRE;
  return STATES[frame % 10] ?? TEST;
}

export const gb26875Dialect: Dialect = {
  account: (number) => accountOf(FIRST_SOURCE + number),
  frame: (number, _encrypted, nowMs) => {
    const time = localTime(nowMs, 0);
    const place = { systemType: 1, systemAddress: 1, partType: 40, area: 1, position: (number % 997) + 1 };
    return encodeFrame({
      serial: Math.floor(number / ACCOUNTS) & 0xffff,
      time,
      source: FIRST_SOURCE + (number % ACCOUNTS),
      destination: CENTRE,
      command: 'send',
      data: encodeData(2, [{ ...place, state: stateOf(number), text: 'Tang 2', time }]),
    });
  },
  isAcknowledgement: (answer) => answer.length === ANSWER_BYTES && answer[26] === CONFIRM,
  fixedAnswer: encodeFrame({
    serial: 0,
    time: '2026-01-01T00:00:00',
    source: CENTRE,
    destination: FIRST_SOURCE,
    command: 'confirm',
  }),
  hasKeys: false,
};
