import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../../api/problem-text.ts';
import { type Command, type Parsed, parseCommand, WRITTEN } from '../../../commands/grammar.ts';
import { useLive, useLiveStore } from '../../../live/live-context.tsx';
import type { IncidentAction } from '../../../live/use-incident-action.ts';
import { type QueueRow, toRow } from '../../../worker/queue-row.ts';
import { useDesk } from '../desk-context.tsx';
import { stepOf } from './to-action.ts';

export type CommandState =
  | { readonly mode: 'typing' }
  /** More than one incident may be meant, or a search was asked for. */
  | { readonly mode: 'choosing'; readonly command: Command; readonly rows: readonly QueueRow[] }
  | { readonly mode: 'asking'; readonly action: IncidentAction; readonly row: QueueRow }
  | { readonly mode: 'said'; readonly text: string; readonly good: boolean };

const TYPING: CommandState = { mode: 'typing' };

/** The command bar without its looks: what is typed, what is meant, and what came of it. */
export function useCommand() {
  const { t, i18n } = useTranslation();
  const store = useLiveStore();
  const open = useLive('open');
  const desk = useDesk();
  const [text, setText] = useState('');
  const [state, setState] = useState<CommandState>(TYPING);
  const language = i18n.language === 'vi' ? 'vi' : 'en';
  const parsed = parseCommand(text);
  const say = (words: string, good = false) => setState({ mode: 'said', text: words, good });

  const type = (typed: string) => {
    setText(typed);
    setState(TYPING);
  };
  const leave = () => {
    if (state.mode === 'typing') setText('');
    setState(TYPING);
  };

  const perform = async (action: IncidentAction, row: QueueRow) => {
    try {
      await desk.act({ id: row.id, action });
      setText('');
      say(t('command.done', { action: t(`command.did-${action.name}`), number: row.number }), true);
    } catch (error) {
      // The typed text stays, to be sent again.
      say(problemText(error));
    }
  };

  const apply = async (command: Exclude<Command, { readonly verb: 'find' }>, row: QueueRow) => {
    const step = stepOf(command, row);
    if (step.do === 'open' || step.do === 'open-close-dialog' || step.do === 'ask') desk.select(row.id);
    switch (step.do) {
      case 'open':
        return type('');
      case 'open-close-dialog':
        type('');
        return desk.openDialog('close');
      case 'silence':
        type('');
        return store.send({ type: 'silence', id: row.id });
      case 'ask':
        return setState({ mode: 'asking', action: step.action, row });
      case 'act':
        return await perform(step.action, row);
    }
  };

  const rowsFor = async (command: Command): Promise<readonly QueueRow[]> => {
    const wanted = command.verb === 'find' ? command.text : command.target;
    if (wanted !== '') return await store.find(wanted.replace(/^#/, ''));
    return open?.incident ? [toRow(open.incident)] : [];
  };

  const run = async (command: Command) => {
    if (desk.locked !== null && command.verb !== 'find' && command.verb !== 'open')
      return say(t(`locked.${desk.locked}`));
    const rows = await rowsFor(command);
    const [first] = rows;
    if (first === undefined)
      return say(
        t(command.verb !== 'find' && command.target === '' ? 'command.none-open' : 'command.not-found'),
      );
    if (command.verb === 'find' || rows.length > 1) return setState({ mode: 'choosing', command, rows });
    await apply(command, first);
  };

  const complete = (of: Extract<Parsed, { readonly status: 'unknown' }>) => {
    const [verb] = of.candidates;
    if (verb === undefined) return say(t('command.unknown'));
    type(`${WRITTEN[verb][language]} `);
  };

  const enter = async () => {
    if (state.mode === 'asking') return await perform(state.action, state.row);
    if (state.mode === 'choosing') return await choose(state.rows[0]);
    if (parsed.status === 'unknown') return complete(parsed);
    if (parsed.status === 'incomplete') return say(t(`command.missing-${parsed.missing}`));
    if (parsed.status === 'command') await run(parsed.command);
  };

  const choose = async (row: QueueRow | undefined) => {
    if (state.mode !== 'choosing' || row === undefined) return;
    if (state.command.verb !== 'find') return await apply(state.command, row);
    desk.select(row.id);
    type('');
  };

  return { text, type, state, parsed, language, enter, choose, leave, locked: desk.locked } as const;
}
