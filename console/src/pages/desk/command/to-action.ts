import type { Command } from '../../../commands/grammar.ts';
import type { IncidentAction } from '../../../live/use-incident-action.ts';
import type { QueueRow } from '../../../worker/queue-row.ts';

export type Step =
  | { readonly do: 'act'; readonly action: IncidentAction }
  /** Shows the address and asks once. */
  | { readonly do: 'ask'; readonly action: IncidentAction }
  | { readonly do: 'open' }
  | { readonly do: 'open-close-dialog' }
  | { readonly do: 'silence' };

/** What a command does to the one incident it means. Only what sends people and vehicles asks again. */
export function stepOf(command: Exclude<Command, { readonly verb: 'find' }>, row: QueueRow): Step {
  switch (command.verb) {
    case 'accept':
    case 'release':
    case 'confirm':
      return { do: 'act', action: { name: command.verb } };
    case 'claim':
      return { do: 'act', action: { name: 'claim', takeOver: row.claimedBy !== null } };
    case 'dispatch':
      return { do: 'ask', action: { name: 'dispatch' } };
    case 'note':
      return { do: 'act', action: { name: 'note', text: command.text } };
    case 'owner':
      // Typed commands name no person: it was whoever answered the telephone.
      return {
        do: 'act',
        action: { name: 'owner-answer', contactId: null, person: row.name, answer: command.answer },
      };
    case 'close':
      return closeStep(command);
    case 'silence':
      return { do: 'silence' };
    case 'open':
      return { do: 'open' };
  }
}

/** Without an outcome, or false without its cause, the dialog asks for what is missing. */
function closeStep({ outcome, cause }: Extract<Command, { readonly verb: 'close' }>): Step {
  if (outcome === null || (outcome === 'false' && cause === null)) return { do: 'open-close-dialog' };
  return { do: 'act', action: { name: 'close', outcome, cause, note: null } };
}
