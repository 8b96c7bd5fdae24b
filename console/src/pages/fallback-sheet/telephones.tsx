import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Telephone, useTelephones } from '../../api/room.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useSession } from '../../session/session-context.tsx';

/** The telephones of one's own desk, a line each: `name: number`. Others find them on their sheets. */
export function Telephones({ own }: { readonly own: readonly Telephone[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const save = useTelephones();
  const [text, setText] = useState<string | null>(null);
  if (!can('shift.write')) return null;
  if (text === null) {
    return (
      <Button
        className="k-no-print"
        mt="sm"
        variant="default"
        h={44}
        onClick={() => setText(own.map((one) => `${one.label}: ${one.number}`).join('\n'))}
      >
        {t('room.own-telephones')}
      </Button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(readLines(text), { onSuccess: () => setText(null) });
  };
  return (
    <form className="k-no-print" onSubmit={submit}>
      <Textarea
        label={t('room.own-telephones')}
        description={t('room.telephones-help')}
        autosize
        minRows={2}
        mt="sm"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNote error={save.error} />
      <SendButton type="submit" h={44} mt="sm" loading={save.isPending}>
        {t('room.save')}
      </SendButton>
    </form>
  );
}

/** `Trực ban: 024 3…` as label and number; a line without a colon is a number alone. */
export function readLines(text: string): Telephone[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.lastIndexOf(':');
      const number = line.slice(colon + 1).trim();
      return { label: colon === -1 ? number : line.slice(0, colon).trim() || number, number };
    });
}
