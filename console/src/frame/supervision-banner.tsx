import type { OutageState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useProvinceName } from '../api/country-facts.ts';
import { useOutages, useProbes } from '../api/supervision.ts';
import { Age } from '../components/age.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './frame.module.css';

/** What no alarm would tell of itself: many lines lost at once, and a way by which alarms do not come any more. */
export function SupervisionBanner() {
  return (
    <>
      <ProbeMissing />
      <OutageOpen />
    </>
  );
}

function ProbeMissing() {
  const { t } = useTranslation();
  const { data = [] } = useProbes();
  const missing = data.filter((one) => one.missingStage !== null);
  if (missing.length === 0) return null;
  const since = missing.map((one) => one.missingSince ?? '').sort()[0] ?? null;
  return (
    <div className={styles.banner} role="alert" data-loud="true" data-testid="probe-missing">
      <span>{t('probe.missing', { ways: missing.map((one) => one.listener).join(', ') })}</span>
      {since !== null && since !== '' && <Age at={since} />}
      <span>{t('probe.missing-help')}</span>
    </div>
  );
}

function OutageOpen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { data } = useOutages(can('device.read'));
  const title = useOutageTitle();
  const waiting = data?.open.filter((one) => one.acceptedBy === null || one.endProposedAt !== null) ?? [];
  if (waiting.length === 0) return null;
  return (
    <div className={styles.banner} role="status" data-testid="outage-open">
      {waiting.map((one) => (
        <span key={one.id}>
          {t(one.endProposedAt === null ? 'outage.banner' : 'outage.banner-over', {
            what: title(one),
            lost: one.lost - one.back,
          })}
        </span>
      ))}
      <Link href={waiting.length === 1 ? `/devices?outage=${waiting[0]?.id}` : '/devices'}>
        {t('outage.look')}
      </Link>
    </div>
  );
}

/** "Hà Nội", "viettel": what the lost lines have in common. */
export function useOutageTitle(): (outage: OutageState) => string {
  const provinceName = useProvinceName();
  return ({ group: { area, carrier } }) =>
    [area === null ? null : provinceName(area), carrier].filter((part) => part !== null).join(' · ');
}
