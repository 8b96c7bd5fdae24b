import { Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDutyAction } from '../../api/room.ts';
import { fromLocalInput, toLocalInput } from '../../components/centre-time.ts';
import { MomentField } from '../../components/date/moment-field.tsx';
import { centreNow } from '../../components/now.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';

/** A free line of the duty log; one that was on paper first, with its true time and its writer. */
export function DutyNote() {
  const { t } = useTranslation();
  const action = useDutyAction();
  const [text, setText] = useState('');
  const [late, setLate] = useState<{ at: string; writtenBy: string } | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = late === null ? null : fromLocalInput(late.at);
    if (late !== null && at === null) return;
    action.mutate(
      {
        name: 'note',
        text: text.trim(),
        late:
          late === null || at === null ? null : { at: new Date(at).toISOString(), writtenBy: late.writtenBy },
      },
      {
        onSuccess: () => {
          setText('');
          setLate(null);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} data-testid="duty-note">
      <Textarea
        label={t('room.note')}
        value={text}
        autosize
        minRows={2}
        maxLength={4_000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Checkbox
        py={10}
        label={t('room.was-on-paper')}
        checked={late !== null}
        onChange={(event) =>
          setLate(event.currentTarget.checked ? { at: toLocalInput(centreNow()), writtenBy: '' } : null)
        }
      />
      {late !== null && (
        <Group grow align="flex-start">
          <MomentField
            label={t('room.true-time')}
            value={late.at}
            onChange={(at) => setLate({ ...late, at })}
            required
          />
          <TextInput
            label={t('room.written-by')}
            value={late.writtenBy}
            onChange={(event) => setLate({ ...late, writtenBy: event.currentTarget.value })}
            maxLength={200}
            required
            size="md"
          />
        </Group>
      )}
      <ProblemNote error={action.error} />
      <SendButton type="submit" h={44} my="sm" loading={action.isPending} disabled={text.trim() === ''}>
        {t('room.write-note')}
      </SendButton>
    </form>
  );
}
