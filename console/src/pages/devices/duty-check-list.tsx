import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type DutyCheckItem, useDutyChecks } from '../../api/duty-checks.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { type Column, DataTable, Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import { DutyCheckLine } from './duty-check-line.tsx';
import styles from './page.module.css';

/** The last questions to control rooms; those where nobody answered stand first. Nothing at all until somebody has asked. */
export function DutyCheckList() {
  const { t } = useTranslation();
  const query = useDutyChecks(null);
  if (query.data?.dutyChecks.length === 0) return null;
  const columns: readonly Column<DutyCheckItem>[] = [
    {
      key: 'facility',
      title: t('duty-check.facility'),
      cell: (one) => <Link href={`/facilities/${one.facilityId}`}>{one.facilityName}</Link>,
    },
    {
      key: 'account',
      title: t('register.account'),
      align: 'narrow',
      cell: (one) => <Mono>{one.account ?? '–'}</Mono>,
    },
    {
      key: 'asked',
      title: t('duty-check.asked-at'),
      align: 'narrow',
      cell: (one) => <When at={one.askedAt} />,
    },
    {
      key: 'by',
      title: t('duty-check.by'),
      cell: (one) => one.by?.name ?? <span className="k-dim">{t('duty-check.regular')}</span>,
    },
    { key: 'state', title: t('duty-check.title'), cell: (one) => <DutyCheckLine of={one} /> },
  ];
  return (
    <div className={styles.checks}>
      <Section title={t('duty-check.list')} flush>
        <AsyncState query={query}>
          {({ dutyChecks }) => (
            <DataTable
              label={t('duty-check.list')}
              columns={columns}
              rows={[
                ...dutyChecks.filter((one) => one.unanswered !== null),
                ...dutyChecks.filter((one) => one.unanswered === null),
              ]}
              keyOf={(one) => one.id}
            />
          )}
        </AsyncState>
      </Section>
    </div>
  );
}
