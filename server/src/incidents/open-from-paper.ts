import type { Actor, EntryBody, EntryDraft, IncidentClock, OrganisationCode, World } from '@keng/model';
import type { PoolClient } from 'pg';
import type { FacilityFacts } from './hear.ts';
import type { IncidentPolicy } from './policy.ts';
import { type Progress, record, start } from './progress.ts';
import { Register } from './register.ts';
import { lockOpening, readIfThere, storeIncidents, takeNumbers } from './store.ts';

export interface KeyedIn {
  readonly body: EntryBody<'paper.keyed'>;
  readonly actor: Actor;
  readonly organisation: OrganisationCode;
}

/**
 * Opens incidents that were worked on paper while the screen was dark, each with its true times. What is over, or in good hands, is
 * accepted from its first moment and rings nowhere; what still burns is an alarm of now.
 */
export async function openFromPaper(
  client: PoolClient,
  world: World,
  keyed: readonly KeyedIn[],
  policy: IncidentPolicy,
  now: Date,
): Promise<void> {
  if (keyed.length === 0) return;
  await lockOpening(client, world);
  const register = new Register();
  const facts = await register.facts(
    client,
    world,
    keyed.map((one) => one.body.facilityId),
  );
  const fresh: KeyedIn[] = [];
  for (const one of keyed) if (!(await readIfThere(client, world, one.body.incidentId))) fresh.push(one);
  if (fresh.length === 0) return;
  const first = await takeNumbers(client, world, fresh.length);
  const progress = fresh.map((one, index) => {
    const facility = facts.get(one.body.facilityId);
    if (facility === undefined) throw new Error(`the register holds no facility ${one.body.facilityId}`);
    return fromPaper(world, one, first + index, facility, policy, now);
  });
  await storeIncidents(client, world, progress, now);
}

/** The entries of one paper. Pure. */
export function fromPaper(
  world: World,
  { body, actor, organisation }: KeyedIn,
  number: number,
  { summary, responsible }: FacilityFacts,
  policy: IncidentPolicy,
  now: Date,
): Progress {
  const { by, writtenBy, burning, closed } = body;
  const lines = [...body.lines].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const began = new Date(lines[0]?.at ?? closed?.at ?? now);
  const from = burning ? now : began;
  const clock = (name: 'owner' | 'desk' | 'station'): IncidentClock => {
    const { seconds, source, official } = policy.limit(name, summary);
    return { seconds, source, official, dueAt: new Date(from.getTime() + seconds * 1000).toISOString() };
  };
  const draft: EntryDraft<'incident.opened'> = {
    world,
    kind: 'incident.opened',
    lane: 0,
    subject: body.incidentId,
    organisation: responsible.organisation,
    facility: summary.id,
    revision: 1,
    at: began,
    actor,
    body: {
      number,
      type: 'fire-alarm',
      facility: summary,
      province: responsible.province,
      station: responsible.station,
      signals: [],
      clocks: { owner: clock('owner'), desk: clock('desk'), station: clock('station') },
      nationalSounds: burning && policy.nationalSounds(summary),
      firstDispatch: policy.firstDispatch(summary),
      limits: policy.limits(summary),
      late: { writtenBy, burning },
    },
  };
  let progress = start(draft);
  if (!burning) {
    progress = record(progress, 'incident.desk-accepted', { by, organisation }, { actor, at: began });
  }
  for (const { at, text } of lines) {
    const note = { by, text, late: { writtenBy } };
    progress = record(progress, 'incident.noted', note, { actor, at: new Date(at) });
  }
  if (closed === null || burning) return progress;
  const { at, outcome, cause } = closed;
  const end = { by, outcome, cause, note: null, late: { writtenBy } };
  return record(progress, 'incident.closed', end, { actor, at: new Date(at) });
}
