import type { PlanState } from '@keng/model';
import { Button, FileInput, Group, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../../api/facilities.ts';
import { planUrl, useFacilityPost, usePlans, useUploadPlan } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import { FormFrame } from '../../../components/form-frame.tsx';
import { Section } from '../../../components/page.tsx';
import { Tag } from '../../../components/tag.tsx';
import { When } from '../../../components/when.tsx';
import { useSession } from '../../../session/session-context.tsx';
import { PlanViewer } from './plan-viewer.tsx';
import styles from './safety.module.css';

type Doing =
  | { readonly what: 'add' }
  | { readonly what: 'view' | 'replace' | 'withdraw'; readonly plan: PlanState };

/** Drawings by floor; one press shows them large. */
export function PlansSection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = usePlans(facility.id);
  const [doing, set] = useState<Doing | null>(null);
  const mayWrite = can('facility.plan') && facility.removedAt === null;
  const close = () => set(null);
  return (
    <Section
      title={t('plan.title')}
      beside={query.data?.plans.length}
      flush
      actions={
        mayWrite && (
          <Button variant="subtle" h={44} onClick={() => set({ what: 'add' })}>
            {t('plan.add')}
          </Button>
        )
      }
    >
      <AsyncState
        query={query}
        isEmpty={({ plans }) => plans.length === 0}
        empty={<p className={styles.none}>{t('plan.none')}</p>}
      >
        {({ plans }) => (
          <ul className={styles.plans}>
            {plans.map((plan) => (
              <li key={plan.id}>
                <button type="button" className={styles.thumb} onClick={() => set({ what: 'view', plan })}>
                  {plan.file.mediaType === 'image/webp' ? (
                    <img src={planUrl(plan)} alt="" loading="lazy" />
                  ) : (
                    <span>PDF</span>
                  )}
                  <strong>{plan.floor ?? t('plan.whole-site')}</strong>
                  <span>{plan.name}</span>
                </button>
                <p className="k-dim">
                  <When at={plan.changedAt} />{' '}
                  {plan.version > 1 && <Tag>{t('plan.version', { version: plan.version })}</Tag>}
                </p>
                {mayWrite && (
                  <Group gap={4}>
                    <Button variant="subtle" h={44} px={8} onClick={() => set({ what: 'replace', plan })}>
                      {t('plan.replace')}
                    </Button>
                    <Button variant="subtle" h={44} px={8} onClick={() => set({ what: 'withdraw', plan })}>
                      {t('plan.withdraw')}
                    </Button>
                  </Group>
                )}
              </li>
            ))}
          </ul>
        )}
      </AsyncState>
      <PlanViewer
        facility={facility}
        {...(doing?.what === 'view' ? { start: doing.plan.id } : {})}
        opened={doing?.what === 'view'}
        onClose={close}
      />
      <Modal
        opened={doing !== null && doing.what !== 'view'}
        onClose={close}
        title={t(
          doing?.what === 'withdraw'
            ? 'plan.withdraw'
            : doing?.what === 'replace'
              ? 'plan.replace'
              : 'plan.add',
        )}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {doing?.what === 'add' && <UploadForm facility={facility.id} plan={null} onDone={close} />}
        {doing?.what === 'replace' && <UploadForm facility={facility.id} plan={doing.plan} onDone={close} />}
        {doing?.what === 'withdraw' && <WithdrawForm plan={doing.plan} onDone={close} />}
      </Modal>
    </Section>
  );
}

interface UploadFormProps {
  readonly facility: string;
  readonly plan: PlanState | null;
  readonly onDone: () => void;
}

function UploadForm({ facility, plan, onDone }: UploadFormProps) {
  const { t } = useTranslation();
  const sending = useUploadPlan(facility);
  const [name, setName] = useState(plan?.name ?? '');
  const [floor, setFloor] = useState(plan?.floor ?? '');
  const [file, setFile] = useState<File | null>(null);
  const submit = () => {
    if (file !== null)
      sending.mutate({ name, floor, file, replaces: plan?.id ?? null }, { onSuccess: onDone });
  };
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      action={t('plan.send')}
      disabled={file === null}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Text size="sm" c="dimmed">
        {t('plan.help')}
      </Text>
      <FileInput
        label={t('plan.file')}
        placeholder={t('plan.choose')}
        accept=".pdf,.png,.jpg,.jpeg,.webp"
        value={file}
        onChange={setFile}
        required
        size="md"
      />
      <TextInput
        label={t('plan.name')}
        placeholder={t('plan.name-example')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        size="md"
      />
      <TextInput
        label={t('plan.floor')}
        description={t('plan.floor-help')}
        value={floor}
        onChange={(event) => setFloor(event.currentTarget.value)}
        maxLength={100}
        size="md"
      />
      {sending.isPending && (
        <Text role="status" size="sm">
          {t('plan.checking')}
        </Text>
      )}
    </FormFrame>
  );
}

function WithdrawForm({ plan, onDone }: { readonly plan: PlanState; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const sending = useFacilityPost(plan.facilityId);
  const [reason, setReason] = useState('');
  const path = `/facilities/${plan.facilityId}/plans/${plan.id}/withdraw`;
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      action={t('plan.withdraw')}
      onSubmit={() => sending.mutate({ path, body: { reason } }, { onSuccess: onDone })}
      onCancel={onDone}
    >
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
