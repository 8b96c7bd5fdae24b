import type { PlanState } from '@keng/model';
import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planUrl, usePlans } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import styles from './safety.module.css';

interface PlanViewerProps {
  readonly facility: { readonly id: string; readonly name: string };
  /** Which drawing is shown first; without it the first one. */
  readonly start?: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The drawings of a building as large as the screen; the arrow keys go from one to the next. */
export function PlanViewer({ facility, start, opened, onClose }: PlanViewerProps) {
  const { t } = useTranslation();
  const query = usePlans(facility.id, opened);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      fullScreen
      title={t('plan.of', { name: facility.name })}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <AsyncState
        query={query}
        isEmpty={({ plans }) => plans.length === 0}
        empty={<p className={styles.none}>{t('plan.none')}</p>}
      >
        {({ plans }) => <Plans plans={plans} start={start} />}
      </AsyncState>
    </Modal>
  );
}

interface PlansProps {
  readonly plans: readonly PlanState[];
  readonly start: string | undefined;
}

function Plans({ plans, start }: PlansProps) {
  const { t } = useTranslation();
  const [at, go] = useState(() =>
    Math.max(
      0,
      plans.findIndex((one) => one.id === start),
    ),
  );
  const shown = plans[at] ?? plans[0];
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step !== 0) go((now) => (now + step + plans.length) % plans.length);
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [plans.length]);
  if (shown === undefined) return null;
  return (
    <div className={styles.viewer}>
      <nav className={styles.choice} aria-label={t('plan.title')}>
        {plans.map((plan, index) => (
          <button key={plan.id} type="button" aria-current={plan === shown} onClick={() => go(index)}>
            <strong>{plan.floor ?? t('plan.whole-site')}</strong>
            <span>{plan.name}</span>
          </button>
        ))}
      </nav>
      <PlanSheet key={shown.file.sha256} plan={shown} />
    </div>
  );
}

function PlanSheet({ plan }: { readonly plan: PlanState }) {
  const { t } = useTranslation();
  const [large, enlarge] = useState(false);
  if (plan.file.mediaType === 'application/pdf') return <PdfSheet plan={plan} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div className={styles.sheet} tabIndex={0}>
      <button
        type="button"
        data-large={large}
        onClick={() => enlarge(!large)}
        aria-label={t(large ? 'plan.fit' : 'plan.enlarge')}
      >
        <img src={planUrl(plan)} alt={`${plan.floor ?? ''} ${plan.name}`} />
      </button>
    </div>
  );
}

/** The centre serves drawings in a sandbox, where browsers show no PDF: the bytes are fetched and shown from memory. */
function PdfSheet({ plan }: { readonly plan: PlanState }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  const [failed, fail] = useState(false);
  const source = planUrl(plan);
  useEffect(() => {
    let made: string | null = null;
    const stop = new AbortController();
    fetch(source, { signal: stop.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        made = URL.createObjectURL(await response.blob());
        setUrl(made);
      })
      .catch(() => {
        if (!stop.signal.aborted) fail(true);
      });
    return () => {
      stop.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [source]);
  return (
    <div className={styles.pdf}>
      <p>
        {t('plan.pages', { count: plan.file.pages ?? 1 })}{' '}
        <a href={source} download={`${plan.name}.pdf`}>
          {t('plan.save')}
        </a>
        {failed && <strong role="alert"> {t('plan.failed')}</strong>}
      </p>
      {url !== null && <iframe src={url} title={plan.name} />}
    </div>
  );
}
