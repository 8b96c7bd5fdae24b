import {
  type AnyDraft,
  type EntryDraft,
  LIVE,
  newId,
  type SignalId,
  type TransmitterId,
  type World,
} from '@keng/model';

/** A signal entry of a synthetic device; `sequence` makes it one of a kind. */
export function signalDraft(
  sequence: number,
  more: {
    readonly world?: World;
    readonly lane?: 0 | 1 | 2;
    readonly transmitter?: TransmitterId;
    readonly at?: Date;
  } = {},
): EntryDraft<'signal.received'> {
  const transmitterId = more.transmitter ?? newId<TransmitterId>();
  const lane = more.lane ?? 0;
  return {
    world: more.world ?? LIVE,
    kind: 'signal.received',
    lane,
    subject: transmitterId,
    organisation: null,
    facility: null,
    revision: null,
    at: more.at ?? new Date(),
    actor: { kind: 'device', id: '1234' },
    body: {
      signalId: newId<SignalId>(),
      transmitterId,
      facilityId: newId(),
      receiver: 'dc09-tcp',
      protocol: 'dc09',
      account: '1234',
      line: '0',
      sequence: String(sequence).padStart(4, '0'),
      remote: '127.0.0.1:1',
      encrypted: false,
      deviceAt: null,
      raw: '',
      quirks: [],
      events: [
        {
          family: 'fire',
          class: lane === 0 ? 'alarm' : lane === 1 ? 'trouble' : 'test',
          code: 'FA',
          zone: '1',
          area: null,
          text: null,
          repeat: false,
        },
      ],
    },
  };
}

export function sequenceOf(entry: { readonly kind: string; readonly body: unknown }): number {
  const body = entry.body as AnyDraft['body'];
  return 'sequence' in body && typeof body.sequence === 'string' ? Number(body.sequence) : -1;
}
