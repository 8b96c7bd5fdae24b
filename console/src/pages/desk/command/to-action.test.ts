import { applyIncident, isIncidentEntry } from '@keng/model';
import { expect, test } from 'vitest';
import { counter, InventedIncident } from '../../../../dev/invented.ts';
import { type Command, parseCommand } from '../../../commands/grammar.ts';
import { toRow } from '../../../worker/queue-row.ts';
import { stepOf } from './to-action.ts';

const opened = new InventedIncident(counter()).opened({ number: 231 });
const state = isIncidentEntry(opened) ? applyIncident(null, opened) : null;
if (state === null) throw new Error('the opening opens nothing');
const row = toRow(state);

function stepFor(typed: string) {
  const parsed = parseCommand(typed);
  if (parsed.status !== 'command' || parsed.command.verb === 'find')
    throw new Error(`${typed} is no command`);
  return stepOf(parsed.command as Exclude<Command, { readonly verb: 'find' }>, row);
}

test.each([
  ['nhan 231', { do: 'act', action: { name: 'accept' } }],
  ['dieu 231', { do: 'ask', action: { name: 'dispatch' } }],
  ['dong 231', { do: 'open-close-dialog' }],
  ['dong 231 gia', { do: 'open-close-dialog' }],
  ['dong 231 gia bui', { do: 'act', action: { name: 'close', outcome: 'false', cause: 'dust', note: null } }],
  ['dong 231 chay', { do: 'act', action: { name: 'close', outcome: 'fire', cause: null, note: null } }],
  ['ghi 231 Có khói', { do: 'act', action: { name: 'note', text: 'Có khói' } }],
  ['mo 231', { do: 'open' }],
  ['im 231', { do: 'silence' }],
])('%s', (typed, step) => {
  expect(stepFor(typed)).toEqual(step);
});

test('only a dispatch asks again', () => {
  const asking = ['nhan 231', 'giu 231', 'tha 231', 'chu 231 that', 'dong 231 chay', 'dieu 231'].filter(
    (typed) => stepFor(typed).do === 'ask',
  );
  expect(asking).toEqual(['dieu 231']);
});
