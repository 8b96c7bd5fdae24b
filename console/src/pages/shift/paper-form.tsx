import { FALSE_CAUSES, type FalseCause, OUTCOMES, type Outcome } from '@keng/model';
import { Alert, Button, Group, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFacilities } from '../../api/facilities.ts';
import { type DutyAction, useDutyAction } from '../../api/room.ts';
import { today } from '../../components/centre-time.ts';
import { DateField } from '../../components/date/date-field.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useLiveStore } from '../../live/live-context.tsx';
import { readPaperLines } from './paper-lines.ts';

type Target = 'new-over' | 'new-open' | 'new-burning' | 'known';
const TARGETS: readonly Target[] = ['new-over', 'new-open', 'new-burning', 'known'];

/** What was written on paper in a power cut, keyed in with its true times. It rings only when it still burns. */
export function PaperForm() {
  const { t } = useTranslation();
  const [opened, open] = useState(false);
  return (
    <Section
      title={t('room.paper')}
      actions={
        <Button variant="subtle" h={44} onClick={() => open(!opened)} data-testid="paper-open">
          {t('room.key-in')}
        </Button>
      }
    >
      <p className="k-dim">{t('room.paper-help')}</p>
      {opened && <Form onDone={() => open(false)} />}
    </Section>
  );
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const action = useDutyAction();
  const [target, setTarget] = useState<Target>('new-over');
  const [search, setSearch] = useState('');
  const [facility, setFacility] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  const [day, setDay] = useState(today);
  const [text, setText] = useState('');
  const [writtenBy, setWrittenBy] = useState('');
  const [outcome, setOutcome] = useState<Outcome>('fire');
  const [cause, setCause] = useState<FalseCause>('other');
  const [wrong, setWrong] = useState<string | null>(null);
  const found = useFacilities({ search, area: null, category: null });
  const choices = found.data?.pages.flatMap((page) => page.facilities) ?? [];
  const send = (what: DutyAction) => action.mutate(what, { onSuccess: onDone });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lines = readPaperLines(day, text);
    const last = lines?.at(-1);
    if (lines === null || last === undefined) return setWrong('lines');
    if (target === 'known') {
      const [row] = await store.find(number, 1);
      if (row === undefined || String(row.number) !== number.trim()) return setWrong('number');
      return send({ name: 'paper-note', id: row.id, writtenBy, lines });
    }
    if (facility === null) return setWrong('facility');
    const closed =
      target === 'new-over' ? { at: last.at, outcome, cause: outcome === 'false' ? cause : null } : null;
    setWrong(null);
    send({
      name: 'paper',
      facilityId: facility,
      writtenBy,
      burning: target === 'new-burning',
      lines,
      closed,
    });
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid="paper-form">
      <Stack gap="sm">
        <Radio.Group
          label={t('room.paper-what')}
          value={target}
          onChange={(value) => setTarget(TARGETS.find((one) => one === value) ?? target)}
        >
          <Stack gap={0} mt={4}>
            {TARGETS.map((one) => (
              <Radio key={one} value={one} label={t(`room.paper-${one}`)} py={8} />
            ))}
          </Stack>
        </Radio.Group>
        {target === 'known' ? (
          <TextInput
            label={t('room.paper-number')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            inputMode="numeric"
            required
            size="md"
          />
        ) : (
          <Select
            label={t('room.form-facility')}
            placeholder={t('room.paper-search')}
            data={choices.map((one) => ({ value: one.id, label: `${one.name} · ${one.address}` }))}
            value={facility}
            onChange={setFacility}
            searchable
            searchValue={search}
            onSearchChange={setSearch}
            filter={({ options }) => options}
            nothingFoundMessage={t(found.isPending ? 'state.loading' : 'list.nothing-found')}
            size="md"
          />
        )}
        <Group grow align="flex-start">
          <DateField label={t('room.day')} value={day} onChange={setDay} required />
          <TextInput
            label={t('room.written-by')}
            value={writtenBy}
            onChange={(event) => setWrittenBy(event.currentTarget.value)}
            maxLength={200}
            required
            size="md"
          />
        </Group>
        <Textarea
          label={t('room.paper-lines')}
          description={t('room.paper-lines-help')}
          value={text}
          autosize
          minRows={3}
          onChange={(event) => setText(event.currentTarget.value)}
          required
        />
        {target === 'new-over' && (
          <Group grow>
            <Select
              label={t('room.form-outcome')}
              data={OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
              value={outcome}
              onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? outcome)}
              allowDeselect={false}
              size="md"
            />
            {outcome === 'false' && (
              <Select
                label={t('close.cause')}
                data={FALSE_CAUSES.map((one) => ({ value: one, label: t(`cause.${one}`) }))}
                value={cause}
                onChange={(value) => setCause(FALSE_CAUSES.find((one) => one === value) ?? cause)}
                allowDeselect={false}
                size="md"
              />
            )}
          </Group>
        )}
        {wrong !== null && (
          <Alert color="yellow" role="alert">
            {t(`room.paper-wrong-${wrong}`)}
          </Alert>
        )}
        <ProblemNote error={action.error ?? found.error} />
        <SendButton type="submit" h={44} loading={action.isPending}>
          {t('room.key-in')}
        </SendButton>
      </Stack>
    </form>
  );
}
