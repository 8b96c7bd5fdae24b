import type { TransmitterPath } from '@keng/model';

type Marks = Pick<TransmitterPath, 'listener' | 'line' | 'receiver' | 'networks'>;

/** `mobile:viettel:line=2;network=203.0.113.0/24`; an IPv6 network may hold colons. */
export function readPath(text: string, fail: (why: string) => void): unknown {
  const [medium = '', carrier = '', ...rest] = text.split(':').map((part) => part.trim());
  const marks: { -readonly [Mark in keyof Marks]: Marks[Mark] } = {
    listener: null,
    line: null,
    receiver: null,
    networks: [],
  };
  const given = rest
    .join(':')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const part of given) {
    const [name = '', value = ''] = part.split('=').map((one) => one.trim());
    if (name === 'network') marks.networks = [...marks.networks, value];
    else if (name === 'line' || name === 'receiver') marks[name] = value.toUpperCase();
    else if (name === 'listener') marks.listener = value;
    else fail(`"${part.slice(0, 60)}" is no mark: line, receiver, listener or network is wanted.`);
  }
  return {
    medium: medium.toLowerCase(),
    carrier: carrier.toLowerCase() || null,
    reportingSeconds: null,
    ...marks,
  };
}
