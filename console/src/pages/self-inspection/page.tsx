import { CHECK_RESULTS, type CheckResult } from '@keng/model';
import { Group, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../api/facilities.ts';
import { useDuties } from '../../api/facility-safety.ts';
import { localName } from '../../api/queries.ts';
import { today } from '../../components/centre-time.ts';
import { DateField } from '../../components/date/date-field.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import type { PageProps } from '../../routes.tsx';
import { useSession } from '../../session/session-context.tsx';
import { FacilityOfAddress, useOwnersForm } from '../my-facilities/own-facility.tsx';
import styles from './page.module.css';

/** The monthly look through the own house, made for a telephone in the hand: one line after the other. */
export function Page({ params }: PageProps) {
  return <FacilityOfAddress params={params}>{(facility) => <Form facility={facility} />}</FacilityOfAddress>;
}

interface Answer {
  readonly result: CheckResult | null;
  readonly note: string;
}

const UNANSWERED: Answer = { result: null, note: '' };

function Form({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const duties = useDuties();
  const { error, pending, back, send } = useOwnersForm(facility);
  const [on, setOn] = useState(today);
  const [inspectedBy, setInspectedBy] = useState(session.user.name);
  const [remarks, setRemarks] = useState('');
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({});
  const lines = duties?.checklist ?? [];
  const left = lines.filter(({ code }) => (answers[code] ?? UNANSWERED).result === null).length;
  const change = (code: string, part: Partial<Answer>) =>
    setAnswers((now) => ({ ...now, [code]: { ...(now[code] ?? UNANSWERED), ...part } }));
  const submit = () => {
    const items = lines.map(({ code }) => ({ code, ...(answers[code] ?? UNANSWERED) }));
    send({
      path: `/my/facilities/${facility.id}/self-inspections`,
      body: { on, inspectedBy, items, remarks },
    });
  };
  return (
    <PageFrame
      width="form"
      title={t('safety.self-title', { form: duties?.forms.selfInspection ?? '' })}
      beside={facility.name}
    >
      <FormFrame
        error={error}
        pending={pending}
        action={t('safety.file')}
        height={48}
        disabled={left > 0 || lines.length === 0}
        beside={
          <Text role="status" c="dimmed">
            {left > 0 ? t('safety.left', { count: left }) : t('safety.all-answered')}
          </Text>
        }
        onSubmit={submit}
        onCancel={back}
      >
        <Section title={t('safety.who-when')}>
          <Group grow>
            <DateField label={t('safety.on')} value={on} max={today()} onChange={setOn} required />
            <TextInput
              label={t('safety.by')}
              value={inspectedBy}
              onChange={(event) => setInspectedBy(event.currentTarget.value)}
              maxLength={200}
              required
              size="md"
            />
          </Group>
        </Section>
        <Section title={t('safety.checklist')} flush>
          <ol className={styles.lines}>
            {lines.map(({ code, names }) => {
              const { result, note } = answers[code] ?? UNANSWERED;
              return (
                <li key={code} data-result={result ?? undefined}>
                  <Text id={`line-${code}`}>{localName(names)}</Text>
                  <SegmentedControl
                    fullWidth
                    size="lg"
                    aria-labelledby={`line-${code}`}
                    value={result ?? ''}
                    onChange={(value) => {
                      const chosen = CHECK_RESULTS.find((one) => one === value);
                      if (chosen) change(code, { result: chosen });
                    }}
                    data={CHECK_RESULTS.map((value) => ({ value, label: t(`safety.result-${value}`) }))}
                  />
                  {result === 'defect' && (
                    <TextInput
                      label={t('safety.which-defect')}
                      value={note}
                      onChange={(event) => change(code, { note: event.currentTarget.value })}
                      maxLength={500}
                      required
                      size="md"
                    />
                  )}
                </li>
              );
            })}
          </ol>
        </Section>
        <Section title={t('safety.remarks')}>
          <Textarea
            aria-label={t('safety.remarks')}
            value={remarks}
            onChange={(event) => setRemarks(event.currentTarget.value)}
            maxLength={2_000}
            autosize
            minRows={2}
            size="md"
          />
        </Section>
      </FormFrame>
    </PageFrame>
  );
}
