import {
  type AnyDraft,
  type AnyEntry,
  asEntry,
  type Confirmation,
  type EntryBody,
  type FacilityId,
  type FacilitySummary,
  type IncidentId,
  LIVE,
  newId,
  type OrganisationCode,
  type SignalFamily,
  type SignalId,
  type UserId,
} from '@keng/model';

/** Invented entries for the stand-in server and for tests: no real place, person or device. */
export const PROVINCE = 'pc07-01' as OrganisationCode;
export const STATION = 'pc07-01-1' as OrganisationCode;
export const DUTY = { id: newId<UserId>(), name: 'Trực ban (giả lập)' };

export interface OpeningOptions {
  readonly number: number;
  readonly at?: Date;
  readonly name?: string;
  readonly address?: string;
  readonly category?: string;
  readonly position?: readonly [number, number] | null;
  readonly family?: SignalFamily;
  readonly zone?: string;
  readonly zoneLabel?: string | null;
  readonly nationalSounds?: boolean;
  readonly province?: OrganisationCode;
  readonly station?: OrganisationCode;
}

/** The entries of one incident, numbered and revised as a centre would; `position` goes on from `next`. */
export class InventedIncident {
  readonly id: IncidentId;
  readonly facility: FacilityId;
  readonly #next: () => number;
  readonly #organisation: OrganisationCode;
  #revision = 0;

  constructor(next: () => number, organisation: OrganisationCode = PROVINCE) {
    this.id = newId<IncidentId>();
    this.facility = newId<FacilityId>();
    this.#next = next;
    this.#organisation = organisation;
  }

  opened(options: OpeningOptions): AnyEntry {
    const at = options.at ?? new Date();
    const due = (seconds: number) => ({
      seconds,
      dueAt: new Date(at.getTime() + seconds * 1000).toISOString(),
      source: 'Giá trị cấu hình (dữ liệu giả lập)',
      official: false,
    });
    const position = options.position === undefined ? [105.85, 21.03] : options.position;
    const facility: FacilitySummary = {
      id: this.facility,
      name: options.name ?? 'Khách sạn Bình Minh (giả lập)',
      address: options.address ?? '12 Trần Hưng Đạo, phường Cửa Nam, Hà Nội',
      category: options.category ?? 'hotel',
      position: position === null ? null : [position[0] ?? 0, position[1] ?? 0],
      managingLevel: 'province',
      areaCode: '01',
      synthetic: true,
    };
    const body: EntryBody<'incident.opened'> = {
      number: options.number,
      type: 'fire-alarm',
      facility,
      province: options.province ?? PROVINCE,
      station: options.station ?? STATION,
      signals: [
        {
          signalId: newId<SignalId>(),
          zone: options.zone ?? '3',
          zoneLabel: options.zoneLabel ?? 'Tầng 3, hành lang',
          family: options.family ?? 'smoke',
          class: 'alarm',
          at: at.toISOString(),
        },
      ],
      clocks: { owner: due(60), desk: due(30), station: due(30) },
      nationalSounds: options.nationalSounds ?? false,
    };
    return this.#entry('incident.opened', body, at);
  }

  secondDetector(
    zone: string,
    label: string,
    reason: Confirmation = 'second-detector',
    at = new Date(),
  ): AnyEntry[] {
    const signalId = newId<SignalId>();
    const family: SignalFamily = reason === 'manual-call-point' ? 'manual' : 'smoke';
    const joined = {
      signalId,
      zone,
      zoneLabel: label,
      family,
      class: 'alarm',
      at: at.toISOString(),
    } as const;
    return [
      this.#entry('incident.signals-joined', { signals: [joined], repeats: [] }, at),
      this.#entry('incident.confirmed', { reason, signalId }, at),
      this.#entry(
        'incident.dispatch-proposed',
        {
          reason,
          resources: [
            { type: 'engine', count: 2 },
            { type: 'ladder', count: 1 },
          ],
          source: 'Thông tư 140/2020 (cũ): không ít hơn 2 xe chữa cháy',
          official: false,
        },
        at,
      ),
    ];
  }

  step<Kind extends StepKind>(kind: Kind, body: EntryBody<Kind>, at = new Date()): AnyEntry {
    return this.#entry(kind, body, at);
  }

  accepted(by = DUTY, at = new Date()): AnyEntry {
    return this.#entry('incident.desk-accepted', { by, organisation: PROVINCE }, at);
  }

  closed(by = DUTY, at = new Date()): AnyEntry {
    return this.#entry('incident.closed', { by, outcome: 'false', cause: 'dust', note: null }, at);
  }

  #entry<Kind extends StepKind | 'incident.opened'>(kind: Kind, body: EntryBody<Kind>, at: Date): AnyEntry {
    this.#revision += 1;
    const draft = {
      world: LIVE,
      kind,
      lane: 0,
      subject: this.id,
      organisation: this.#organisation,
      facility: this.facility,
      revision: this.#revision,
      at,
      actor: { kind: 'system', id: 'invented' },
      body,
    };
    // Kind and body belong together by the signature of this method; the union cannot see it.
    return { ...asEntry(draft as unknown as AnyDraft), position: this.#next() };
  }
}

type StepKind = Extract<AnyEntry['kind'], `incident.${string}`>;

export function counter(start = 0): () => number {
  let last = start;
  return () => {
    last += 1;
    return last;
  };
}
