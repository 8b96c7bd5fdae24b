import type { DemonstrationTransmitter, DemonstrationZone } from '@keng/country-vn';

/** What a panel has to say, before it has a sequence number. */
export interface PanelMessage {
  readonly kind:
    | 'heartbeat'
    | 'test'
    | 'trouble'
    | 'trouble-restore'
    | 'alarm'
    | 'restore'
    /** Somebody in the control room has pressed the button of a duty check. */
    | 'duty-answer';
  readonly zone: DemonstrationZone | null;
  /** The duty check that is answered, as the centre named it. */
  readonly dutyCheck?: string;
}

type Written = { readonly token: 'SIA-DCS' | 'ADM-CID' | 'NULL'; readonly data: string };

/** Text codes (DC-03) and Contact ID (DC-05) for each kind of zone: alarm and its restore. */
const ALARM_CODES: Readonly<
  Record<
    DemonstrationZone['kind'],
    { readonly text: string; readonly restore: string; readonly contactId: string }
  >
> = {
  smoke: { text: 'FA', restore: 'FH', contactId: '111' },
  heat: { text: 'KA', restore: 'KH', contactId: '114' },
  'manual-call-point': { text: 'FA', restore: 'FH', contactId: '115' },
  sprinkler: { text: 'SA', restore: 'SH', contactId: '113' },
  gas: { text: 'GA', restore: 'GH', contactId: '151' },
};

/** The data block of a message in the panel's own token. */
export function writeMessage(transmitter: DemonstrationTransmitter, message: PanelMessage): Written {
  if (message.kind === 'heartbeat') return { token: 'NULL', data: '' };
  const account = transmitter.account;
  return transmitter.token === 'SIA-DCS'
    ? { token: 'SIA-DCS', data: `#${account}|${textOf(message)}` }
    : { token: 'ADM-CID', data: `#${account}|${contactIdOf(message)}` };
}

function textOf({ kind, zone }: PanelMessage): string {
  const number = zone ? String(zone.number) : '';
  const label = zone ? `^${zone.label}^` : '';
  const codes = ALARM_CODES[zone?.kind ?? 'smoke'];
  switch (kind) {
    case 'alarm':
      return `Nri1/${codes.text}${number}${label}`;
    case 'restore':
      return `Nri1/${codes.restore}${number}`;
    case 'trouble':
      return `Nri1/FT${number}`;
    case 'trouble-restore':
      return `Nri1/FJ${number}`;
    default:
      return 'NRP0';
  }
}

function contactIdOf({ kind, zone }: PanelMessage): string {
  const number = String(zone?.number ?? 0).padStart(3, '0');
  const alarm = ALARM_CODES[zone?.kind ?? 'smoke'].contactId;
  switch (kind) {
    case 'alarm':
      return `1${alarm} 01 ${number}`;
    case 'restore':
      return `3${alarm} 01 ${number}`;
    case 'trouble':
      return `1373 01 ${number}`;
    case 'trouble-restore':
      return `3373 01 ${number}`;
    default:
      return '1602 00 000';
  }
}
