import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { DEVICE_FILTERS, type DeviceFilter, type DeviceItem, useDevices } from '../../api/devices.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { DeviceLink, OpenFaults } from './device-health.tsx';
import styles from './page.module.css';

/** The health of the devices: first what is lost or broken. */
export function Page() {
  const { t } = useTranslation();
  const [asked, ask] = useSearchParams();
  const state = DEVICE_FILTERS.find((one) => one === asked.get('state')) ?? 'lost';
  const query = useDevices(state);
  const counts = query.data?.pages[0]?.counts;
  const wordOf = (filter: DeviceFilter) =>
    counts ? `${t(`device.filter-${filter}`)} ${counts[filter]}` : t(`device.filter-${filter}`);
  return (
    <PageFrame
      title={t('place.devices')}
      beside={
        query.dataUpdatedAt > 0 && (
          <span>
            {t('device.as-of')} <Age at={query.dataUpdatedAt} />
          </span>
        )
      }
    >
      <SegmentedControl
        className={styles.filter}
        size="md"
        aria-label={t('device.filter')}
        value={state}
        onChange={(next) => ask({ state: next }, { replace: true })}
        data={DEVICE_FILTERS.map((filter) => ({ value: filter, label: wordOf(filter) }))}
      />
      <div className={styles.list}>
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.devices.length === 0}
          empty={<Empty title={t(`device.none-${state}`)} />}
        >
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.devices);
            return (
              <>
                <DeviceTable rows={rows} />
                <LoadMore query={query} shown={rows.length} />
              </>
            );
          }}
        </AsyncState>
      </div>
    </PageFrame>
  );
}

function DeviceTable({ rows }: { readonly rows: readonly DeviceItem[] }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const columns: readonly Column<DeviceItem>[] = [
    {
      key: 'facility',
      title: t('register.name'),
      align: 'wide',
      cell: (row) => (
        <Link href={`/facilities/${row.facilityId}`} className={styles.row}>
          <Lead under={organisationName(row.organisation)}>{row.facilityName}</Lead>
        </Link>
      ),
    },
    {
      key: 'account',
      title: t('register.account'),
      align: 'narrow',
      cell: (row) => <Mono>{row.account}</Mono>,
    },
    {
      key: 'link',
      title: t('device.line'),
      align: 'narrow',
      cell: (row) => <DeviceLink device={{ link: row.link, linkChangedAt: row.changedAt }} />,
    },
    { key: 'faults', title: t('device.faults'), cell: (row) => <OpenFaults device={row.health} most={3} /> },
    {
      key: 'test',
      title: t('device.last-test'),
      align: 'narrow',
      cell: (row) => (row.health?.lastTestAt ? <Age at={row.health.lastTestAt} /> : t('register.never')),
    },
    {
      key: 'reporting',
      title: t('device.reporting'),
      align: 'number',
      cell: (row) =>
        row.reportingSeconds === null ? '–' : t('device.seconds', { seconds: row.reportingSeconds }),
    },
    { key: 'model', title: t('register.model'), align: 'desk', cell: (row) => row.model },
  ];
  return (
    <DataTable label={t('place.devices')} columns={columns} rows={rows} keyOf={(row) => row.transmitterId} />
  );
}
