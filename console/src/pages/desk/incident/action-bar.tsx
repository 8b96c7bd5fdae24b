import type { IncidentState } from '@keng/model';
import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../../components/key-hint.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { useShortcuts } from '../../../components/use-shortcuts.ts';
import type { IncidentAction } from '../../../live/use-incident-action.ts';
import { useSession } from '../../../session/session-context.tsx';
import { useDesk } from '../desk-context.tsx';
import styles from './incident-panel.module.css';
import { ShelveControl } from './shelve-control.tsx';

/** What can be done to the open incident, each with its key. What one may not do is not there; what cannot be sent is locked. */
export function ActionBar({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { can, perform, pending, locked, openDialog } = useDesk();
  const { session } = useSession();
  const note = useRef<HTMLInputElement>(null);
  const { id, claimedBy, desk, dispatch } = incident;
  const mine = claimedBy?.id === session.user.id;
  const run = (action: IncidentAction) => {
    if (locked === null) perform({ id, action });
  };
  const claim: IncidentAction = mine ? { name: 'release' } : { name: 'claim', takeOver: claimedBy !== null };
  const mayAccept = desk === null && can('incident.accept');
  const confirmable = dispatch.status === 'none' && can('incident.verify');

  useShortcuts({
    a: mayAccept ? () => run({ name: 'accept' }) : undefined,
    g: can('incident.claim') ? () => run(claim) : undefined,
    d:
      dispatch.status === 'proposed' && can('incident.dispatch')
        ? () => run({ name: 'dispatch' })
        : undefined,
    o: can('incident.verify') && locked === null ? () => openDialog('answer') : undefined,
    c: can('incident.close') && locked === null ? () => openDialog('close') : undefined,
    b: can('incident.note') ? () => note.current?.focus() : undefined,
  });

  return (
    <div className={styles.actions}>
      {locked !== null && <p className={styles.locked}>{t(`locked.${locked}`)}</p>}
      {can('incident.note') && <NoteForm inputRef={note} incident={incident} />}
      <div className={styles.buttons}>
        {mayAccept && (
          <SendButton
            h={48}
            data-testid="accept"
            variant={dispatch.status === 'proposed' ? 'outline' : 'filled'}
            loading={pending?.action.name === 'accept'}
            onClick={() => run({ name: 'accept' })}
          >
            {t('action.accept')} &nbsp; <KeyHint of="A" />
          </SendButton>
        )}
        {can('incident.claim') && (
          <SendButton h={48} variant="default" onClick={() => run(claim)}>
            {t(mine ? 'action.release' : claimedBy === null ? 'action.claim' : 'action.take-over')} &nbsp;{' '}
            <KeyHint of="G" />
          </SendButton>
        )}
        {confirmable && (
          <SendButton h={48} variant="default" onClick={() => run({ name: 'confirm' })}>
            {t('action.confirm')}
          </SendButton>
        )}
        {can('incident.shelve') && desk !== null && <ShelveControl incident={incident} />}
        {can('incident.close') && (
          <SendButton h={48} variant="default" data-testid="close" onClick={() => openDialog('close')}>
            {t('action.close')} &nbsp; <KeyHint of="C" />
          </SendButton>
        )}
      </div>
    </div>
  );
}

interface NoteFormProps {
  readonly incident: IncidentState;
  readonly inputRef: React.Ref<HTMLInputElement>;
}

/** What was typed stays until the centre has it. */
function NoteForm({ incident, inputRef }: NoteFormProps) {
  const { t } = useTranslation();
  const { perform, locked, pending } = useDesk();
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || locked !== null) return;
    perform({ id: incident.id, action: { name: 'note', text: text.trim() } }, () => setText(''));
  };
  return (
    <form className={styles.noteRow} onSubmit={send}>
      <TextInput
        ref={inputRef}
        aria-label={t('action.note')}
        placeholder={`${t('action.note')} (B)`}
        value={text}
        maxLength={4_000}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <SendButton
        type="submit"
        variant="default"
        h={36}
        disabled={text.trim() === ''}
        loading={pending?.action.name === 'note'}
      >
        {t('action.send-note')}
      </SendButton>
    </form>
  );
}
