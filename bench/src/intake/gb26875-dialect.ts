import { accountOf, encodeData, encodeFrame, localTime } from '@keng/gb26875';
import { ACCOUNTS, type Dialect } from './dialect.ts';
import { type Said, trafficOf } from './traffic.ts';

const CENTRE = 114;
const FIRST_SOURCE = 0xb0000;
const CONFIRM = 3;
const ANSWER_BYTES = 30;

/** Bits of the state of a part: fire, fault; none of them when it is tested, the lowest when it is normal again. */
const STATES: Readonly<Record<Said, number>> = { test: 0, 'fault-over': 1, alarm: 2, fault: 4 };

export const gb26875Dialect: Dialect = {
  account: (number) => accountOf(FIRST_SOURCE + number),
  frame: (number, _encrypted, nowMs) => {
    const time = localTime(nowMs, 0);
    const { said, zone } = trafficOf(number);
    const place = { systemType: 1, systemAddress: 1, partType: 40, area: 1, position: zone };
    return encodeFrame({
      serial: Math.floor(number / ACCOUNTS) & 0xffff,
      time,
      source: FIRST_SOURCE + (number % ACCOUNTS),
      destination: CENTRE,
      command: 'send',
      data: encodeData(2, [{ ...place, state: STATES[said], text: 'Tang 2', time }]),
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
