import { z } from 'zod';
import { define, facilityId } from './common.ts';

/** What is left of an upload after it was taken apart and written anew; its bytes lie outside the log under their SHA-256. */
export const planFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(['image/webp', 'application/pdf']),
  bytes: z.number().int().positive(),
  /** Of a PDF. */
  pages: z.number().int().positive().nullable(),
  /** Of an image, in pixels. */
  widthPixels: z.number().int().positive().nullable(),
  heightPixels: z.number().int().positive().nullable(),
});
export type PlanFile = z.infer<typeof planFile>;

const uploaded = {
  /** What it shows: "Mặt bằng thoát nạn". */
  name: z.string().min(1).max(200),
  /** The floor as people there call it; null: the whole site. */
  floor: z.string().max(100).nullable(),
  file: planFile,
  /** The name the file came with, for the chronology only. */
  uploadedAs: z.string().max(200),
};

/** A drawing of a facility. Its subject is the plan; what was replaced or withdrawn stays readable under its digest. */
export const planEntries = {
  'plan.added': define(1, z.object({ facilityId, ...uploaded })),
  'plan.replaced': define(1, z.object(uploaded)),
  'plan.withdrawn': define(1, z.object({ reason: z.string().min(1).max(500) })),
} as const;
