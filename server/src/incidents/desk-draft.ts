import { type AnyDraft, anyDraft, type EntryBody, type OrganisationCode, type World } from '@keng/model';
import type { Act } from './progress.ts';

export const deskSubject = (organisation: OrganisationCode): string => `desk/${organisation}`;

/** An entry about the silence of a desk. All are of one lane: within it, ids tell what came first. */
export function deskDraft<Kind extends 'desk.silent' | 'desk.answered' | 'desk.claimed' | 'desk.raised'>(
  world: World,
  kind: Kind,
  body: EntryBody<Kind>,
  { actor, at }: Act,
): AnyDraft {
  const { organisation } = body;
  return anyDraft({
    world,
    kind,
    lane: 0,
    subject: deskSubject(organisation),
    organisation,
    facility: null,
    revision: null,
    at,
    actor,
    body,
  });
}
