import { createHash } from 'node:crypto';
import type { PlanFile } from '@keng/model';
import { Refused } from '../workshop/job.ts';
import { PLAN_LIMITS } from './plan-limits.ts';
import type { Rebuilt } from './rebuild-image.ts';
import { sniff, type UploadType } from './sniff.ts';

export interface RebuiltPlan {
  readonly facts: PlanFile;
  readonly content: Uint8Array;
}

/**
 * Takes an upload apart and writes it anew; runs in the workshop.
 * @throws Refused with the code of the problem
 */
export async function rebuildPlan(upload: Uint8Array): Promise<RebuiltPlan> {
  if (upload.length > PLAN_LIMITS.bytes) {
    throw new Refused('plan.too-large', 'The file is too large.', { most: PLAN_LIMITS.bytes });
  }
  const type = sniff(upload);
  if (type === null) {
    throw new Refused('plan.type-unknown', 'Only PDF, PNG, JPEG and WebP are taken, by what is in the file.');
  }
  const rebuilt = await rebuild(upload, type);
  const { content, ...facts } = rebuilt;
  return {
    content,
    facts: { ...facts, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') },
  };
}

/** Only what this file needs is loaded: the workshop is a new process for each, and the library for PDF takes it two seconds. */
async function rebuild(upload: Uint8Array, type: UploadType): Promise<Rebuilt> {
  if (type === 'pdf') return await (await import('./rebuild-pdf.ts')).rebuildPdf(upload);
  return await (await import('./rebuild-image.ts')).rebuildImage(upload, type);
}
