import {
  type AnyDraft,
  type FacilityId,
  type IncidentId,
  isFireAlarm,
  type LogEntry,
  newId,
  type WorksId,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries, type Consumer } from '../log/index.ts';
import { countMuted, runningWorks } from '../works/index.ts';
import { correlate, type Event, gatherEvents } from './correlate.ts';
import { brokenLimit, silentDesks } from './desk-silence.ts';
import { escalateSilentProvince, escalateSilentStation } from './follow-up.ts';
import { concernsIncidents, type FacilityFacts, hear, type MutedEvent } from './hear.ts';
import type { IncidentPolicy } from './policy.ts';
import { type Act, type Progress, SYSTEM } from './progress.ts';
import { Register } from './register.ts';
import { lockOpenIncidents, lockOpening, storeIncidents, takeNumbers } from './store.ts';

type Signal = LogEntry<'signal.received'>;

/** Its name among the consumers of the log. */
export const CORRELATOR = 'correlator';

/**
 * Follows the log and turns signals into incidents. The number of statements of a batch is fixed: what is open at its
 * facilities, the register, running works; then rules in memory; then incidents, timers and entries in bulk.
 */
export function createCorrelator(policy: IncidentPolicy): Consumer {
  const register = new Register();
  return {
    name: CORRELATOR,
    kinds: ['signal.received'],
    // Tests and service neither open an incident nor join one.
    lanes: [0, 1],
    // The larger a batch of a storm, the more of it folds: 20,000 repeats a second become a few hundred updates.
    batch: 1_000,
    // The first alarm after a silence waits for nothing; of many, those that come close behind each other share a transaction.
    gapMs: 80,
    async handle(client, entries, { world, now }) {
      const signals = entries.filter(
        (entry): entry is Signal & typeof entry => entry.kind === 'signal.received',
      );
      const concerned = signals.filter((signal) => concernsIncidents(signal.body.events));
      if (concerned.length === 0) return;
      const fire = concerned.filter((signal) => signal.body.events.some(isFireAlarm));
      if (fire.length > 0) await lockOpening(client, world);
      const open = await lockOpenIncidents(client, world, facilitiesOf(concerned));
      // A fault where nothing burns is none of our business: most batches of a quiet day end here.
      const atOpen = new Set(open.map((incident) => incident.facility.id));
      const alarming = new Set(facilitiesOf(fire));
      const relevant = concerned.filter(
        ({ body }) => alarming.has(body.facilityId) || atOpen.has(body.facilityId),
      );
      if (relevant.length === 0) return;
      const facilities = facilitiesOf(relevant);
      const facts = await register.facts(client, world, facilities);
      const works = await runningWorks(client, world, facilities);
      const { heard, muted } = hear(relevant, facts, works);
      const events = gatherEvents(heard, open, policy);
      const nextNumber = await numbersFor(client, world, events);
      const correlation = {
        world,
        policy,
        facilities: facts,
        newId: () => newId<IncidentId>(now.getTime()),
        nextNumber,
      };
      const act: Act = { actor: SYSTEM, at: now };
      const progress = events.map((event) => correlate(event, correlation, act));
      await storeIncidents(client, world, await towardsSilentDesks(client, world, progress, act), now);
      await storeMuted(client, world, muted, facts, now);
    },
  };
}

/** An alarm of a province that does not answer sounds at the national desk from its first moment. */
async function towardsSilentDesks(
  client: PoolClient,
  world: World,
  progress: readonly Progress[],
  act: Act,
): Promise<Progress[]> {
  const isNew = (one: Progress): boolean => one.drafts[0]?.kind === 'incident.opened';
  const desks = progress
    .filter(isNew)
    .flatMap(({ state }) => [state.province, state.station ?? state.province]);
  const silent = await silentDesks(client, world, [...new Set(desks)]);
  return progress.map((one) => {
    if (!isNew(one)) return one;
    const { province, station } = one.state;
    const above = silent.get(province);
    const below = station === null ? undefined : silent.get(station);
    const told = below === undefined ? one : escalateSilentStation(one, brokenLimit(below), act);
    return above === undefined ? told : escalateSilentProvince(told, brokenLimit(above), act);
  });
}

function facilitiesOf(signals: readonly Signal[]): FacilityId[] {
  return [...new Set(signals.map((signal) => signal.body.facilityId))];
}

async function numbersFor(client: PoolClient, world: World, events: readonly Event[]): Promise<() => number> {
  const count = events.filter((event) => event.incident === null).length;
  let next = count === 0 ? 0 : await takeNumbers(client, world, count);
  return () => next++;
}

/** Muted is not hidden: each muted signal is an entry of its own, and counted with its works. */
async function storeMuted(
  client: PoolClient,
  world: World,
  muted: readonly MutedEvent[],
  facts: ReadonlyMap<FacilityId, FacilityFacts>,
  now: Date,
): Promise<void> {
  if (muted.length === 0) return;
  const counts = new Map<WorksId, number>();
  for (const { worksId } of muted) counts.set(worksId, (counts.get(worksId) ?? 0) + 1);
  const revisions = await countMuted(client, world, counts);
  const drafts = muted.map(({ heard, worksId }): AnyDraft => {
    const revision = (revisions.get(worksId) ?? 0) + 1;
    revisions.set(worksId, revision);
    return {
      world,
      kind: 'signal.muted',
      lane: 1,
      subject: heard.transmitterId,
      organisation: facts.get(heard.facilityId)?.responsible.organisation ?? null,
      facility: heard.facilityId,
      revision,
      at: now,
      actor: SYSTEM,
      body: { signalId: heard.signalId, worksId, zone: heard.zone.number, at: heard.at },
    };
  });
  await appendEntries(client, drafts, now);
}
