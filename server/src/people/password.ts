import { randomInt } from 'node:crypto';
import { invalid, Problem } from '@keng/model';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/**
 * Argon2id (this library's default algorithm) with OWASP's least recommended cost: 19 MiB, 2 passes, 1 lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** ASVS 5.0, 6.2.1 asks for 8 and advises 15; 12 is ours. Its 6.2.9 wants at least 64 to be allowed. */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const;

/** Without look-alikes, so that it can be read out. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Each hash takes 19 MiB and a core for some 20 ms: more at once would only take both from the desk. */
const atOnce = 2;
const mostWaiting = 200;
let running = 0;
const waiting: (() => void)[] = [];

async function withTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < atOnce) running += 1;
  else {
    if (waiting.length >= mostWaiting) {
      throw new Problem(503, 'session.busy', 'Too many people are logging in at this moment; try again.', {
        params: { retryAfterSeconds: 2 },
      });
    }
    // Whoever is done hands its turn over: `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

export async function hashPassword(password: string): Promise<string> {
  return await withTurn(() => hash(normalise(password), COST));
}

let nobody: Promise<string> | undefined;

/** Takes the same time for a login that does not exist (`stored` null): it checks against a hash that nobody has. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(generatePassword());
  const against = stored ?? (await nobody);
  const right = await withTurn(() => verify(against, normalise(password)));
  return right && stored !== null;
}

/** True when the hash was made with another cost than today's: the next log-in renews it. */
export function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return memoryCost !== COST.memoryCost || timeCost !== COST.timeCost || parallelism !== COST.parallelism;
}

/** 20 letters of 31: 99 bits. */
export function generatePassword(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)] ?? '');
  return [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join('')).join('-');
}

/** @throws Problem `password.too-short`, `password.too-long`, `password.guessable` */
export function checkPassword(password: string, login: string): void {
  const letters = [...normalise(password)];
  if (letters.length < PASSWORD_LENGTH.least) {
    throw invalid(
      'password.too-short',
      `A password has at least ${PASSWORD_LENGTH.least} characters.`,
      'password',
    );
  }
  if (letters.length > PASSWORD_LENGTH.most) {
    throw invalid(
      'password.too-long',
      `A password has at most ${PASSWORD_LENGTH.most} characters.`,
      'password',
    );
  }
  const small = normalise(password).toLowerCase();
  if (small.includes(login) || new Set(letters).size < 5) {
    throw invalid(
      'password.guessable',
      'A password neither holds the login nor repeats a few characters.',
      'password',
    );
  }
}

/** The same letters typed on two keyboards can be two sequences of code points (Vietnamese marks). */
function normalise(password: string): string {
  return password.normalize('NFKC');
}
