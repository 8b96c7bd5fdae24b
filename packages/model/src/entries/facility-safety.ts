import { z } from 'zod';
import { define, facilityId } from './common.ts';
import { contact, waterSource } from './facility.ts';

/** A day of the country's calendar. */
export const day = z.iso.date();
/** A month of the country's calendar: 2026-03. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const findingId = z.uuid();

export const CHECK_RESULTS = ['good', 'defect', 'not-applicable'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/** Regular, without notice, or to see whether findings were put right. */
export const INSPECTION_KINDS = ['periodic', 'unannounced', 'follow-up'] as const;
export type InspectionKind = (typeof INSPECTION_KINDS)[number];

const finding = z.object({
  id: findingId,
  text: z.string().min(1).max(1_000),
  /** Code of the article in the country pack; null where none was named. */
  article: z.string().max(64).nullable(),
  deadline: day,
});
export type Finding = z.infer<typeof finding>;

/** The facility's own plan for fire and rescue (in Viet Nam form PC06): each version is one entry and never changes. */
export const firePlanEntries = {
  'fire-plan.filed': define(
    1,
    z.object({
      facilityId,
      form: z.string().min(1).max(64),
      version: z.number().int().positive(),
      approvedOn: day,
      /** The head of the facility makes and approves it. */
      approvedBy: z.string().min(1).max(200),
      /** What stands under each heading of the form, by its code. */
      fields: z.record(z.string().max(64), z.string().max(8_000)),
    }),
  ),
} as const;

export const inspectionEntries = {
  /** The owner looked through their own facility. */
  'self-inspection.filed': define(
    1,
    z.object({
      facilityId,
      form: z.string().min(1).max(64),
      month,
      on: day,
      inspectedBy: z.string().min(1).max(200),
      items: z
        .array(
          z.object({
            code: z.string().min(1).max(64),
            result: z.enum(CHECK_RESULTS),
            note: z.string().max(500),
          }),
        )
        .max(100),
      remarks: z.string().max(2_000),
    }),
  ),
  /** The police inspected, and what they found is to be put right until its deadline. */
  'inspection.recorded': define(
    1,
    z.object({
      facilityId,
      kind: z.enum(INSPECTION_KINDS),
      on: day,
      record: z.string().max(100).nullable(),
      conclusion: z.string().max(2_000),
      findings: z.array(finding).max(100),
    }),
  ),
  'inspection.deadline-moved': define(
    1,
    z.object({ findingId, deadline: day, reason: z.string().min(1).max(500) }),
  ),
  'inspection.finding-closed': define(
    1,
    z.object({ findingId, on: day, note: z.string().min(1).max(1_000) }),
  ),
} as const;

/** What an owner may declare about their facility; everything else is the register's. */
export const declaredFacts = z.object({
  contacts: z.array(contact.partial({ id: true })).max(20),
  hazards: z.array(z.string().max(300)).max(50),
  onSiteForce: z.object({ people: z.number().int().min(0), description: z.string().max(500) }),
  water: z.array(waterSource).max(50),
  name: z.string().min(1).max(300),
  address: z.string().min(1).max(500),
});
export type DeclaredFacts = z.infer<typeof declaredFacts>;

export const declarationEntries = {
  'declaration.sent': define(
    1,
    z.object({
      facilityId,
      facts: declaredFacts,
      /** How many entries the facility had when the form was filled: whoever decides sees what changed since. */
      facilityRevision: z.number().int().positive(),
      note: z.string().max(1_000),
    }),
  ),
  'declaration.accepted': define(1, z.object({ note: z.string().max(500) })),
  'declaration.refused': define(1, z.object({ reason: z.string().min(1).max(500) })),
  'declaration.taken-back': define(1, z.object({})),
} as const;
