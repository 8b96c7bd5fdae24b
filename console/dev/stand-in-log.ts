import { demonstrationData } from '@keng/country-vn';
import {
  type AnyEntry,
  applyIncident,
  type IncidentId,
  type IncidentState,
  isIncidentEntry,
  type OrganisationCode,
} from '@keng/model';
import { counter, DUTY, InventedIncident } from './invented.ts';

/** The invented past and present: a log in memory, the incidents it gives, and who listens to it. */
export class StandInLog {
  readonly entries: AnyEntry[] = [];
  readonly states = new Map<IncidentId, IncidentState>();
  readonly incidents = new Map<IncidentId, InventedIncident>();
  readonly listeners = new Set<(entries: readonly AnyEntry[]) => void>();
  readonly data;
  readonly #next = counter();
  #number = 200;

  constructor(facilities: number) {
    this.data = demonstrationData({ seed: 7, facilities, provinces: ['01', '79', '48', '31', '92'] });
  }

  get position(): number {
    return this.entries.length;
  }

  append(entries: readonly AnyEntry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      if (!isIncidentEntry(entry)) continue;
      const id = entry.subject as IncidentId;
      const state = applyIncident(this.states.get(id) ?? null, entry);
      if (state) this.states.set(id, state);
    }
    for (const tell of this.listeners) tell(entries);
  }

  alarm(at = new Date()): InventedIncident {
    this.#number += 1;
    const index = (this.#number * 7919) % this.data.facilities.length;
    const facility = this.data.facilities[index];
    if (!facility) throw new Error('the demonstration data holds no facility');
    const zones = facility.transmitters[0]?.zones ?? [];
    const zone = zones[this.#number % Math.max(1, zones.length)];
    const province = `VN-PC07-${facility.province}` as OrganisationCode;
    const one = new InventedIncident(this.#next, province);
    this.incidents.set(one.id, one);
    const opened = one.opened({
      number: this.#number,
      at,
      name: facility.name,
      address: facility.address,
      category: facility.category,
      position: [facility.position[0], facility.position[1]],
      zone: String(zone?.number ?? 1),
      zoneLabel: zone?.label ?? null,
      family: zone?.kind === 'heat' ? 'heat' : 'smoke',
      nationalSounds: facility.category === 'hospital',
      province,
      station: facility.station as OrganisationCode,
    });
    const contacts = facility.contacts.slice(0, 3).map((contact) => ({
      contactId: one.facility as unknown as never,
      name: contact.name,
      order: contact.order,
      channel: 'voice',
    }));
    const distinct = contacts.map((contact, order) => ({
      ...contact,
      contactId: `${one.facility.slice(0, -1)}${order}` as never,
    }));
    this.append([opened, one.step('incident.owner-alerted', { contacts: distinct }, at)]);
    return one;
  }

  /** Incidents in every state that a screen must be able to show. */
  past(count: number): void {
    const now = Date.now();
    for (let index = 0; index < count; index += 1) {
      const at = new Date(now - (index < 40 ? 15 + index * 47 : 3_600 + index) * 1000);
      const later = (seconds: number) => new Date(Math.min(now, at.getTime() + seconds * 1000));
      const one = this.alarm(at);
      const kind = index % 9;
      if (kind === 1 || kind === 4) {
        this.append(
          one.secondDetector(
            '9',
            'Tầng 5, phòng kỹ thuật',
            kind === 4 ? 'manual-call-point' : 'second-detector',
            later(12),
          ),
        );
      }
      if (kind === 2 || kind === 7)
        this.append([this.#answer(one, kind === 2 ? 'checking' : 'false', later(25))]);
      if (kind === 4) this.append([this.#answer(one, 'real', later(30))]);
      if (kind === 3 || kind === 7) this.append([one.accepted(DUTY, later(18))]);
      if (kind === 5) {
        // As decision 13 has it: the province at once, the nation when nobody has claimed it, either.
        const passed = { clock: 'desk', dueAt: later(30).toISOString(), escalatedTo: 'province' } as const;
        const limit = {
          seconds: 45,
          dueAt: later(45).toISOString(),
          source: 'Giá trị cấu hình (dữ liệu giả lập)',
          official: false,
        };
        const unclaimed = { reason: 'unclaimed', to: 'national', limit } as const;
        this.append([
          one.step('incident.limit-passed', passed, later(30)),
          one.step('incident.escalated', unclaimed, later(45)),
        ]);
      }
      if (kind === 6) this.append([one.accepted(DUTY, later(15)), one.closed(DUTY, later(200))]);
    }
  }

  #answer(one: InventedIncident, answer: 'real' | 'false' | 'checking', at: Date): AnyEntry {
    const name = this.states.get(one.id)?.owner.contacts[0]?.name ?? 'Bảo vệ';
    return one.step('incident.owner-answered', { contactId: null, name, answer, channel: 'telephone' }, at);
  }
}
