import {
  DESK_FAULTS,
  type DeskFault,
  type EntryBody,
  type Limit,
  missingOfficers,
  type OrganisationCode,
  type ShiftState,
  type SilenceReason,
} from '@keng/model';
import { z } from 'zod';
import type { ScreenReport, WatchedDesk } from './screens.ts';

/** A screen reports every 10 s; after two that did not come it sleeps, hangs, or its line is cut. */
export const SCREEN_ALIVE_SECONDS = 25;
/** Later than this, nobody looked for a while: how long a desk was at fault is not known and begins anew. */
const LATE_SECONDS = 60;

const since = z.partialRecord(z.enum(DESK_FAULTS), z.iso.datetime());
export const proofWatchBody = z.object({
  lookedAt: z.iso.datetime().nullable(),
  /** Since when each desk is at fault, told or not. */
  since: z.record(z.string(), since),
  /** What the log says of each desk by now. */
  told: z.record(z.string(), z.array(z.enum(DESK_FAULTS))),
});
export type ProofWatch = z.infer<typeof proofWatchBody>;

export interface DeskFacts {
  readonly desk: WatchedDesk;
  /** Somebody is logged in who may act there, and was seen a moment ago. */
  readonly attended: boolean;
  readonly screens: readonly (Pick<ScreenReport, 'sound' | 'visible'> & { readonly seenAt: Date })[];
  readonly shift: ShiftState | null;
  /** Why it is silent now; null: it is not. */
  readonly silence: SilenceReason | null;
}

/** What moves the signals of a desk one level up; the rest is told there. */
const SILENCING = ['nobody-logged-in', 'sound-blocked', 'screen-asleep'] as const;
type Silencing = (typeof SILENCING)[number];

export interface ProofLook {
  readonly watch: ProofWatch;
  readonly changed: readonly EntryBody<'desk.proof-changed'>[];
  readonly silent: readonly EntryBody<'desk.silent'>[];
  readonly answered: readonly OrganisationCode[];
}

/** What a desk cannot prove at this moment, whether it has lasted or not. Pure. */
export function faultsOf({ attended, screens, shift }: DeskFacts, now: Date): DeskFault[] {
  const alive = aliveOf(screens, now);
  const faults: DeskFault[] = [];
  if (alive.length === 0) {
    // Whoever is logged in and has a screen that says nothing: it sleeps. Nobody, or no screen at all: the seat is empty.
    faults.push(attended && screens.length > 0 ? 'screen-asleep' : 'nobody-logged-in');
  } else {
    if (!alive.some((one) => one.sound === 'running')) faults.push('sound-blocked');
    if (!alive.some((one) => one.visible)) faults.push('screen-hidden');
  }
  if (shift === null) faults.push('no-shift');
  else {
    if (shift.soundTest !== null && !shift.soundTest.heard) faults.push('not-heard');
    if (missingOfficers(shift) > 0) faults.push('short-handed');
  }
  // A person who is there without a screen of this program (a telephone, another client) is watched by their log-in alone.
  if (alive.length === 0 && attended && screens.length === 0)
    return faults.filter((one) => one !== 'nobody-logged-in');
  return faults;
}

/** What one look at all desks finds: which faults have lasted longer than the country allows, which are over. Pure. */
export function lookAtProofs(
  watch: ProofWatch,
  desks: readonly DeskFacts[],
  limitOf: (fault: DeskFault, areaCode: string) => Limit,
  now: Date,
): ProofLook {
  const late = watch.lookedAt === null || now.getTime() - Date.parse(watch.lookedAt) > LATE_SECONDS * 1000;
  const look = {
    since: {} as Record<string, Partial<Record<DeskFault, string>>>,
    told: {} as Record<string, DeskFault[]>,
    changed: [] as EntryBody<'desk.proof-changed'>[],
    silent: [] as EntryBody<'desk.silent'>[],
    answered: [] as OrganisationCode[],
  };
  for (const facts of desks) {
    const { organisation, level, areaCode } = facts.desk;
    const found = faultsOf(facts, now);
    const known = late ? {} : (watch.since[organisation] ?? {});
    const times = Object.fromEntries(found.map((fault) => [fault, known[fault] ?? now.toISOString()]));
    if (found.length > 0) look.since[organisation] = times;
    const told = watch.told[organisation] ?? [];
    const lasting = found
      .map((fault) => ({ fault, since: times[fault] ?? now.toISOString(), limit: limitOf(fault, areaCode) }))
      .filter(
        (one) =>
          told.includes(one.fault) || now.getTime() - Date.parse(one.since) >= one.limit.seconds * 1000,
      );
    const names = lasting.map((one) => one.fault);
    if (names.length > 0) look.told[organisation] = names;
    if (names.join() !== told.join()) look.changed.push({ organisation, level, faults: lasting });
    // Nobody is above the national desk: it is told to those who read the log.
    if (level === 'national') continue;
    const worst = lasting.find(({ fault }) => silences(fault, level));
    if (worst !== undefined && facts.silence === null) {
      const { since, limit } = worst;
      // `silences` has narrowed it, which the compiler cannot see through `find`.
      const reason = worst.fault as Silencing;
      look.silent.push({ organisation, level, reason, since, incidentId: null, limit });
    }
    const well = !found.some((fault) => silences(fault, level));
    if (facts.silence !== null && well && answeredByProof(facts.silence, facts, now))
      look.answered.push(organisation);
  }
  const { changed, silent, answered, ...rest } = look;
  return { watch: { lookedAt: now.toISOString(), ...rest }, changed, silent, answered };
}

/** An empty desk of a province is the business of the incidents' own watch. */
function silences(fault: DeskFault, level: WatchedDesk['level']): boolean {
  if (fault === 'nobody-logged-in') return level === 'station';
  return (SILENCING as readonly DeskFault[]).includes(fault);
}

/** What a screen could not prove, only a screen takes back: one that was closed, or whose log-in ended, proves nothing. */
function answeredByProof(reason: SilenceReason, { desk, screens }: DeskFacts, now: Date): boolean {
  if (reason === 'nobody-logged-in') return desk.level === 'station';
  return (reason === 'sound-blocked' || reason === 'screen-asleep') && aliveOf(screens, now).length > 0;
}

function aliveOf<Screen extends { readonly seenAt: Date }>(
  screens: readonly Screen[],
  now: Date,
): readonly Screen[] {
  return screens.filter((one) => now.getTime() - one.seenAt.getTime() <= SCREEN_ALIVE_SECONDS * 1000);
}
