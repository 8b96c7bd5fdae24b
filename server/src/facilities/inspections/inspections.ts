import {
  applyInspection,
  conflict,
  type EntryBody,
  type FacilityId,
  type FindingState,
  type InspectionKind,
  type InspectionState,
  invalid,
  newUuid,
  notFound,
} from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import type { Hand } from '../change.ts';
import { lockPaper, openFacility, paperEntry, papersOf, writePaper } from '../papers.ts';
import { type DutyFacts, dayOf } from './duty-rules.ts';
import { renewDuties } from './duty-store.ts';

export interface InspectionInput {
  readonly kind: InspectionKind;
  readonly on: string;
  readonly record: string | null;
  readonly conclusion: string;
  readonly findings: readonly {
    readonly text: string;
    readonly article: string | null;
    readonly deadline: string;
  }[];
}

/** Writes down what the police inspected and found. */
export async function recordInspection(
  client: PoolClient,
  hand: Hand,
  facilityId: FacilityId,
  input: InspectionInput,
  facts: DutyFacts,
  recordedAt: Date,
): Promise<InspectionState> {
  const { state: facility } = await openFacility(client, hand.world, facilityId);
  notInFuture(input.on, hand, facts, 'on');
  const articles = new Set(facts.duties.articles.map((one) => one.code));
  input.findings.forEach(({ article, deadline }, index) => {
    if (article !== null && !articles.has(article)) {
      throw invalid(
        'inspection.article-unknown',
        `There is no article ${article}.`,
        `findings.${index}.article`,
      );
    }
    if (deadline < input.on) {
      throw invalid(
        'inspection.deadline-before',
        'The deadline lies before the inspection.',
        `findings.${index}.deadline`,
      );
    }
  });
  const now = hand.at.getTime();
  const id = newUuid(now);
  const place = { id, facility: facilityId, organisation: facility.organisation, revision: 1 };
  const { draft, entry } = paperEntry(hand, {
    ...place,
    kind: 'inspection.recorded',
    body: { facilityId, ...input, findings: input.findings.map((one) => ({ ...one, id: newUuid(now) })) },
  });
  const state = applied(applyInspection(null, entry));
  await writePaper(
    client,
    'inspection',
    { ...place, state, draft, columns: { inspected_on: input.on } },
    recordedAt,
  );
  await writeOpenFindings(client, hand, place, state);
  await renewDuties(client, hand.world, [facilityId], facts);
  return state;
}

/** A finding was put right: somebody has seen it. */
export function closeFinding(
  client: PoolClient,
  hand: Hand,
  inspectionId: string,
  body: EntryBody<'inspection.finding-closed'>,
  facts: DutyFacts,
  recordedAt: Date,
): Promise<InspectionState> {
  notInFuture(body.on, hand, facts, 'on');
  return change(client, hand, inspectionId, 'inspection.finding-closed', body, recordedAt);
}

/** Another deadline, with the reason; the one before stays in the state. */
export function moveDeadline(
  client: PoolClient,
  hand: Hand,
  inspectionId: string,
  body: EntryBody<'inspection.deadline-moved'>,
  facts: DutyFacts,
  recordedAt: Date,
): Promise<InspectionState> {
  if (body.deadline < dayOf(hand.at, facts.timeZone)) {
    throw invalid('inspection.deadline-over', 'A new deadline lies ahead.', 'deadline');
  }
  return change(client, hand, inspectionId, 'inspection.deadline-moved', body, recordedAt);
}

async function change<Kind extends 'inspection.finding-closed' | 'inspection.deadline-moved'>(
  client: PoolClient,
  hand: Hand,
  id: string,
  kind: Kind,
  body: EntryBody<Kind>,
  recordedAt: Date,
): Promise<InspectionState> {
  const stored = await lockPaper<InspectionState>(client, 'inspection', 'inspection', hand.world, id);
  requireOpen(stored.state.findings, body.findingId);
  const place = { ...stored, id, revision: stored.revision + 1 };
  const { draft, entry } = paperEntry(hand, { ...place, kind, body });
  const state = applied(applyInspection(stored.state, entry));
  await writePaper(
    client,
    'inspection',
    { ...place, state, draft, columns: { inspected_on: state.on } },
    recordedAt,
  );
  await writeOpenFindings(client, hand, place, state);
  return state;
}

function requireOpen(findings: readonly FindingState[], id: string): void {
  const finding = findings.find((one) => one.id === id);
  if (finding === undefined) throw notFound('finding', id);
  if (finding.closed !== null) throw conflict('inspection.finding-closed', 'This finding is closed already.');
}

/** Inspections of a facility, the newest first. */
export function inspectionsOf(
  client: PoolClient,
  world: Hand['world'],
  facilityId: FacilityId,
): Promise<InspectionState[]> {
  return papersOf(client, 'inspection', world, facilityId, 'inspected_on desc, id desc', 50);
}

async function writeOpenFindings(
  client: PoolClient,
  hand: Hand,
  place: { readonly id: string; readonly facility: FacilityId; readonly organisation: string },
  { findings }: InspectionState,
): Promise<void> {
  const open = findings.filter((one) => one.closed === null);
  await client.query('delete from open_finding where world = $1 and id = any($2::uuid[])', [
    hand.world,
    findings.map((one) => one.id),
  ]);
  await client.query(
    `insert into open_finding (world, id, inspection, facility, organisation, deadline)
     select $1, finding.id, $2, $3, $4, finding.deadline from unnest($5::uuid[], $6::date[]) as finding(id, deadline)`,
    [
      hand.world,
      place.id,
      place.facility,
      place.organisation,
      open.map((one) => one.id),
      open.map((one) => one.deadline),
    ],
  );
}

function notInFuture(day: string, hand: Hand, { timeZone }: DutyFacts, at: string): void {
  if (day > dayOf(hand.at, timeZone)) throw invalid('day.in-future', 'This day has not come yet.', at);
}

function applied(state: InspectionState | null): InspectionState {
  if (state === null) throw new TypeError('an entry of an inspection gave no state');
  return state;
}
