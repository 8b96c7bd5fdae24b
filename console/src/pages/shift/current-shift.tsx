import { missingOfficers, type Officer } from '@keng/model';
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSourceTitle } from '../../api/country-facts.ts';
import { type RoomView, useRoomAction } from '../../api/room.ts';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './shift.module.css';
import { SoundTest } from './sound-test.tsx';

/** Who answers for the room now, what is missing, and the form by which the next shift signs on. */
export function CurrentShift({ room }: { readonly room: RoomView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { shift } = room;
  const [signingOn, signOn] = useState(shift === null);
  const [changing, change] = useState(false);
  return (
    <Section title={t('room.current')}>
      {shift === null ? (
        <p className={styles.warn}>{t('room.none-on')}</p>
      ) : (
        <div data-testid="current-shift">
          <p>
            {t('room.leader')}: <b>{shift.leader.name}</b> · {t('room.since')} <When at={shift.startedAt} />
          </p>
          <p>
            {t('room.officers')}: {shift.officers.map((one) => one.name).join(', ') || '–'}
          </p>
          <Missing shift={shift} />
          {shift.sheetPrinted === null && (
            <p className={styles.warn} data-testid="sheet-missing">
              {t('room.sheet-missing')}
            </p>
          )}
          {shift.soundTest !== null && !shift.soundTest.heard && (
            <p className={styles.warn}>{t('room.fault-not-heard')}</p>
          )}
        </div>
      )}
      {can('shift.write') && shift !== null && (
        <Group gap="sm" mb="sm">
          <SoundTest />
          <Button variant="default" h={44} onClick={() => change(!changing)}>
            {t('room.change-crew')}
          </Button>
          {!signingOn && (
            <Button variant="default" h={44} onClick={() => signOn(true)} data-testid="next-shift">
              {t('room.next-shift')}
            </Button>
          )}
        </Group>
      )}
      {can('shift.write') && changing && shift !== null && (
        <Crew room={room} chosen={shift.officers} starting={false} onDone={() => change(false)} />
      )}
      {can('shift.write') && signingOn && (
        <Crew room={room} chosen={[]} starting onDone={() => signOn(false)} />
      )}
    </Section>
  );
}

function Missing({ shift }: { readonly shift: NonNullable<RoomView['shift']> }) {
  const { t } = useTranslation();
  const sourceOf = useSourceTitle();
  const missing = missingOfficers(shift);
  if (missing === 0) return null;
  return (
    <p className={styles.warn} role="status" data-testid="short-handed">
      {t('room.missing', { count: missing, least: shift.rule.officers })}{' '}
      <small className="k-dim">{sourceOf(shift.rule.source)}</small>
    </p>
  );
}

interface CrewProps {
  readonly room: RoomView;
  readonly chosen: readonly Officer[];
  /** Signs on as leader; else only the officers change. */
  readonly starting: boolean;
  readonly onDone: () => void;
}

function Crew({ room, chosen, starting, onDone }: CrewProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  const sourceOf = useSourceTitle();
  const action = useRoomAction();
  const [ids, setIds] = useState<readonly string[]>(() => chosen.flatMap((one) => one.id ?? []));
  const [others, setOthers] = useState(() =>
    chosen.flatMap((one) => (one.id === null ? [one.name] : [])).join(', '),
  );
  const [heard, setHeard] = useState<boolean | null>(null);
  const leader = starting ? session.user.id : room.shift?.leader.id;
  const colleagues = room.colleagues.filter((one) => one.id !== leader);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const officers: Officer[] = [
      ...colleagues.filter((one) => ids.includes(one.id)),
      ...others
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => ({ id: null, name })),
    ];
    action.mutate(
      starting ? { name: 'start', officers, heard: heard ?? false } : { name: 'crew', officers },
      {
        onSuccess: onDone,
      },
    );
  };
  return (
    <form onSubmit={submit} data-testid={starting ? 'sign-on' : 'crew'}>
      <Stack gap="sm">
        <p className="k-dim">
          {t('room.rule', { count: room.rule.officers })} {sourceOf(room.rule.source)}
        </p>
        {starting && (
          <p>
            {t('room.leader')}: <b>{session.user.name}</b>
          </p>
        )}
        {colleagues.length > 0 && (
          <Checkbox.Group label={t('room.officers')} value={[...ids]} onChange={setIds}>
            <Stack gap={0} mt={4}>
              {colleagues.map((one) => (
                <Checkbox key={one.id} value={one.id} label={one.name} py={10} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <TextInput
          label={t(colleagues.length > 0 ? 'room.others' : 'room.officers')}
          description={t('room.others-help')}
          value={others}
          onChange={(event) => setOthers(event.currentTarget.value)}
          size="md"
        />
        {starting && <SoundTest answer={heard} onAnswer={setHeard} />}
        <ProblemNote error={action.error} />
        <Group>
          <SendButton type="submit" h={44} loading={action.isPending} disabled={starting && heard === null}>
            {t(starting ? 'room.sign-on' : 'room.save')}
          </SendButton>
        </Group>
      </Stack>
    </form>
  );
}
