import { type FindingState, INSPECTION_KINDS, type InspectionKind, type InspectionState } from '@keng/model';
import { ActionIcon, Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDuties, useFacilityPost } from '../../../api/facility-safety.ts';
import { localName } from '../../../api/queries.ts';
import { localDay, today } from '../../../components/centre-time.ts';
import { DateField } from '../../../components/date/date-field.tsx';
import { FormFrame } from '../../../components/form-frame.tsx';
import { centreNow } from '../../../components/now.ts';
import styles from './safety.module.css';

interface Row {
  readonly key: number;
  readonly text: string;
  readonly article: string;
  readonly deadline: string;
}

/** What was found, with the articles and the usual deadline of the country ready to choose. */
export function RecordForm({ facility, onDone }: { readonly facility: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const sending = useFacilityPost(facility);
  const duties = useDuties();
  const days = duties?.rules.find((one) => one.code === 'finding.days')?.value ?? 30;
  const usual = localDay(centreNow() + days * 86_400_000);
  const [kind, setKind] = useState<InspectionKind>('periodic');
  const [on, setOn] = useState(today);
  const [record, setRecord] = useState('');
  const [conclusion, setConclusion] = useState('');
  const [rows, setRows] = useState<readonly Row[]>([]);
  const change = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const articles = [
    { value: '', label: t('safety.no-article') },
    ...(duties?.articles ?? []).map(({ code, names }) => ({ value: code, label: localName(names) })),
  ];
  const submit = () =>
    sending.mutate(
      {
        path: `/facilities/${facility}/inspections`,
        body: {
          kind,
          on,
          record: record.trim() || null,
          conclusion,
          findings: rows.map(({ text, article, deadline }) => ({ text, article: article || null, deadline })),
        },
      },
      { onSuccess: onDone },
    );
  return (
    <FormFrame error={sending.error} pending={sending.isPending} onSubmit={submit} onCancel={onDone}>
      <Group grow align="flex-start">
        <NativeSelect
          label={t('safety.kind')}
          value={kind}
          onChange={(event) => {
            const chosen = INSPECTION_KINDS.find((one) => one === event.currentTarget.value);
            if (chosen) setKind(chosen);
          }}
          data={INSPECTION_KINDS.map((one) => ({ value: one, label: t(`safety.kind-${one}`) }))}
          size="md"
        />
        <DateField label={t('safety.on')} value={on} max={today()} onChange={setOn} required />
        <TextInput
          label={t('safety.record-number')}
          value={record}
          onChange={(event) => setRecord(event.currentTarget.value)}
          maxLength={100}
          size="md"
        />
      </Group>
      {rows.map((row, index) => (
        <div key={row.key} className={styles.findingRow}>
          <TextInput
            label={t('safety.finding', { number: index + 1 })}
            value={row.text}
            onChange={(event) => change(row.key, { text: event.currentTarget.value })}
            maxLength={1_000}
            required
            size="md"
          />
          <NativeSelect
            label={t('safety.article')}
            value={row.article}
            onChange={(event) => change(row.key, { article: event.currentTarget.value })}
            data={articles}
            size="md"
          />
          <DateField
            label={t('safety.deadline')}
            value={row.deadline}
            min={on}
            onChange={(day) => change(row.key, { deadline: day })}
            required
          />
          <ActionIcon
            variant="subtle"
            size={44}
            aria-label={t('safety.finding-remove', { number: index + 1 })}
            onClick={() => setRows(rows.filter((one) => one !== row))}
          >
            ×
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        h={44}
        onClick={() => setRows([...rows, { key: Date.now(), text: '', article: '', deadline: usual }])}
      >
        {t('safety.finding-add')}
      </Button>
      <Textarea
        label={t('safety.conclusion')}
        value={conclusion}
        onChange={(event) => setConclusion(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={2}
        size="md"
      />
    </FormFrame>
  );
}

interface FindingFormProps {
  readonly inspection: InspectionState;
  readonly finding: FindingState;
  readonly onDone: () => void;
}

export function CloseFindingForm({ inspection, finding, onDone }: FindingFormProps) {
  const { t } = useTranslation();
  const sending = useFacilityPost(inspection.facilityId);
  const [on, setOn] = useState(today);
  const [note, setNote] = useState('');
  const path = `/inspections/${inspection.id}/findings/${finding.id}/close`;
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      onSubmit={() => sending.mutate({ path, body: { on, note } }, { onSuccess: onDone })}
      onCancel={onDone}
    >
      <p>{finding.text}</p>
      <DateField label={t('safety.seen-on')} value={on} max={today()} onChange={setOn} required />
      <Textarea
        label={t('safety.put-right')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={1_000}
        required
        autosize
        size="md"
        data-autofocus
      />
    </FormFrame>
  );
}

export function MoveDeadlineForm({ inspection, finding, onDone }: FindingFormProps) {
  const { t } = useTranslation();
  const sending = useFacilityPost(inspection.facilityId);
  const [deadline, setDeadline] = useState(finding.deadline);
  const [reason, setReason] = useState('');
  const path = `/inspections/${inspection.id}/findings/${finding.id}/deadline`;
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      onSubmit={() => sending.mutate({ path, body: { deadline, reason } }, { onSuccess: onDone })}
      onCancel={onDone}
    >
      <p>{finding.text}</p>
      <DateField
        label={t('safety.deadline')}
        value={deadline}
        min={today()}
        onChange={setDeadline}
        required
      />
      <TextInput
        label={t('safety.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        required
        size="md"
        data-autofocus
      />
    </FormFrame>
  );
}
