import { type Said, trafficOf } from './traffic.ts';

const EVENTS: Readonly<Record<Said, { readonly family: string; readonly class: string }>> = {
  alarm: { family: 'fire', class: 'alarm' },
  fault: { family: 'system', class: 'trouble' },
  'fault-over': { family: 'system', class: 'trouble-restore' },
  test: { family: 'system', class: 'test' },
};

/** Message `number` of the bench in the words of the Device API. */
export function deviceMessage(number: number): Buffer {
  const { said, zone } = trafficOf(number);
  const events = [{ ...EVENTS[said], zone }];
  return Buffer.from(JSON.stringify({ signals: [{ id: `b${number}`, events }] }));
}
