import { randomBytes } from 'node:crypto';
import type { UserId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { hashOf } from './sessions.ts';

export type StepPurpose = 'passkey' | 'second-factor' | 'register' | 'provider';

/** Long enough to look for a key, short enough that a screen left alone is worth nothing. */
export const STEP_SECONDS = 300;

export interface Step {
  readonly userId: UserId | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A value for the cookie that binds a step to its browser. */
export const newStepToken = (): string => randomBytes(32).toString('base64url');

/** Writes down what is waited for; one step of a kind a browser, so that the newest question is the one that counts. */
export async function putStep(
  client: PoolClient,
  world: World,
  token: string,
  purpose: StepPurpose,
  step: Step,
  now: Date,
): Promise<void> {
  await client.query(
    `delete from log_in_step where world = $1 and (token_hash, purpose) in (select token_hash, purpose from log_in_step
       where world = $1 and expires_at < $2 order by expires_at limit 100)`,
    [world, now],
  );
  await client.query('delete from log_in_step where world = $1 and token_hash = $2 and purpose = $3', [
    world,
    hashOf(token),
    purpose,
  ]);
  await client.query(
    `insert into log_in_step (world, token_hash, purpose, user_id, detail, expires_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      world,
      hashOf(token),
      purpose,
      step.userId,
      JSON.stringify(step.detail),
      new Date(now.getTime() + STEP_SECONDS * 1000),
    ],
  );
}

/** The step, left where it is: the question may be asked again, its answer still counts once. */
export async function peekStep(
  client: PoolClient,
  world: World,
  token: string,
  purpose: StepPurpose,
  now: Date,
): Promise<Step | null> {
  const { rows } = await client.query<Step>(
    `select user_id as "userId", detail from log_in_step
     where world = $1 and token_hash = $2 and purpose = $3 and expires_at > $4`,
    [world, hashOf(token), purpose, now],
  );
  return rows[0] ?? null;
}

/**
 * Takes the step away and gives it. Commit before its answer is looked at: a wrong answer uses it up as a right one does.
 */
export async function takeStep(
  client: PoolClient,
  world: World,
  token: string,
  purpose: StepPurpose,
  now: Date,
): Promise<Step | null> {
  const { rows } = await client.query<{ userId: UserId | null; detail: Step['detail']; expires_at: Date }>(
    `delete from log_in_step where world = $1 and token_hash = $2 and purpose = $3
     returning user_id as "userId", detail, expires_at`,
    [world, hashOf(token), purpose],
  );
  const [found] = rows;
  return found && found.expires_at > now ? { userId: found.userId, detail: found.detail } : null;
}
