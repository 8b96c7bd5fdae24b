import '../../styles/print.css';
import type { FirePlanState } from '@keng/model';
import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FacilityView } from '../../api/facilities.ts';
import { useDuties, useFacilityPost, useFirePlans } from '../../api/facility-safety.ts';
import { problemsByField } from '../../api/field-problems.ts';
import { localName } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { dayText, today } from '../../components/centre-time.ts';
import { DateField } from '../../components/date/date-field.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import type { PageProps } from '../../routes.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Day } from '../facility/safety/inspections-section.tsx';
import { FacilityOfAddress } from '../my-facilities/own-facility.tsx';
import styles from './page.module.css';

const GROUPS = ['identity', 'hazards', 'forces', 'scenarios'] as const;

/** The facility's own plan as a sheet that can be printed, with its versions; whoever may writes the next one. */
export function Page({ params }: PageProps) {
  return <FacilityOfAddress params={params}>{(facility) => <Plan facility={facility} />}</FacilityOfAddress>;
}

function Plan({ facility }: { readonly facility: FacilityView }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const duties = useDuties();
  const query = useFirePlans(facility.id);
  const [chosen, choose] = useState<string | null>(null);
  const [writing, write] = useState(false);
  const versions = query.data?.versions ?? [];
  const shown = versions.find((one) => one.id === chosen) ?? versions[0];
  return (
    <PageFrame
      width="form"
      title={t('fire-plan.title', { form: duties?.forms.firePlan ?? '' })}
      beside={facility.name}
      actions={
        <div className={styles.actions}>
          <Button
            component={Link}
            href={`${can('facility.read') ? '/facilities' : '/my-facilities'}/${facility.id}`}
            variant="subtle"
            h={44}
          >
            {t('common.back')}
          </Button>
          {shown !== undefined && !writing && (
            <Button variant="default" h={44} onClick={() => globalThis.print()}>
              {t('fire-plan.print')}
            </Button>
          )}
          {can('facility.plan') && facility.removedAt === null && !writing && (
            <Button h={44} onClick={() => write(true)}>
              {t('fire-plan.write')}
            </Button>
          )}
        </div>
      }
    >
      {writing ? (
        <WriteForm facility={facility} before={versions[0]} onDone={() => write(false)} />
      ) : (
        <AsyncState
          query={query}
          isEmpty={({ versions: found }) => found.length === 0}
          empty={<Empty title={t('fire-plan.none')} help={t('fire-plan.none-help')} />}
        >
          {() => (
            <>
              {versions.length > 1 && (
                <NativeSelect
                  className={styles.actions}
                  label={t('fire-plan.which')}
                  value={shown?.id ?? ''}
                  onChange={(event) => choose(event.currentTarget.value)}
                  data={versions.map((one) => ({
                    value: one.id,
                    label: `${t('fire-plan.version', { version: one.version })} · ${dayText(i18n.language, one.approvedOn)}`,
                  }))}
                />
              )}
              {shown && <Sheet facility={facility} plan={shown} />}
            </>
          )}
        </AsyncState>
      )}
    </PageFrame>
  );
}

function Sheet({ facility, plan }: { readonly facility: FacilityView; readonly plan: FirePlanState }) {
  const { t } = useTranslation();
  const duties = useDuties();
  return (
    <article className={styles.sheet}>
      <header>
        <h2>{facility.name}</h2>
        <p>{facility.address}</p>
        <p>
          {t('fire-plan.version', { version: plan.version })} · {t('fire-plan.approved')}{' '}
          <Day of={plan.approvedOn} /> · {plan.approvedBy}
        </p>
      </header>
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{t(`fire-plan.group-${group}`)}</h3>
          {duties?.firePlan
            .filter((one) => one.group === group)
            .map(({ code, names }) => (
              <div key={code}>
                <h4>{localName(names)}</h4>
                <p>{plan.fields[code] || '–'}</p>
              </div>
            ))}
        </section>
      ))}
    </article>
  );
}

interface WriteFormProps {
  readonly facility: FacilityView;
  readonly before: FirePlanState | undefined;
  readonly onDone: () => void;
}

/** Starts from the version before: most of a house stays as it is. */
function WriteForm({ facility, before, onDone }: WriteFormProps) {
  const { t } = useTranslation();
  const duties = useDuties();
  const sending = useFacilityPost(facility.id);
  const [approvedOn, setApprovedOn] = useState(today);
  const [approvedBy, setApprovedBy] = useState(before?.approvedBy ?? '');
  const [fields, setFields] = useState<Readonly<Record<string, string>>>(before?.fields ?? {});
  const problemAt = problemsByField(sending.error);
  const submit = () => {
    const path = `/facilities/${facility.id}/fire-plans`;
    sending.mutate({ path, body: { approvedOn, approvedBy, fields } }, { onSuccess: onDone });
  };
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      action={t('fire-plan.file')}
      height={48}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Text c="dimmed">{t('fire-plan.help')}</Text>
      {GROUPS.map((group) => (
        <Section key={group} title={t(`fire-plan.group-${group}`)}>
          <Stack>
            {duties?.firePlan
              .filter((one) => one.group === group)
              .map(({ code, names, required }) => (
                <Textarea
                  key={code}
                  label={localName(names)}
                  value={fields[code] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setFields((now) => ({ ...now, [code]: value }));
                  }}
                  error={problemAt(`fields.${code}`)}
                  maxLength={8_000}
                  required={required}
                  autosize
                  minRows={2}
                  size="md"
                />
              ))}
          </Stack>
        </Section>
      ))}
      <Section title={t('fire-plan.approval')}>
        <Group grow>
          <DateField
            label={t('fire-plan.approved-on')}
            value={approvedOn}
            max={today()}
            onChange={setApprovedOn}
            required
          />
          <TextInput
            label={t('fire-plan.approved-by')}
            value={approvedBy}
            onChange={(event) => setApprovedBy(event.currentTarget.value)}
            maxLength={200}
            required
            size="md"
          />
        </Group>
      </Section>
    </FormFrame>
  );
}
