import { Problem } from '@keng/model';

/** A word the console can translate: the Problem's code, or that no answer came. */
export function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : 'network.unreachable';
}
