import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { DEVICE_FILTERS, type DeviceItem, useDevices } from '../../api/devices.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { AbsenceList } from './absence-list.tsx';
import { DeviceFilters } from './device-filters.tsx';
import { DeviceLine, LastHeard, OpenFaults } from './device-health.tsx';
import { DutyCheckList } from './duty-check-list.tsx';
import { OutageList } from './outage-list.tsx';
import styles from './page.module.css';

/** The health of the devices: first what is lost or broken. */
export function Page() {
  const { t } = useTranslation();
  const [asked, ask] = useSearchParams();
  const state = DEVICE_FILTERS.find((one) => one === asked.get('state')) ?? 'lost';
  const query = useDevices(state);
  // What was counted last stays while another filter is loaded.
  const counted = query.data?.pages[0]?.counts ?? null;
  const [counts, keepCounts] = useState(counted);
  if (counted !== null && counted !== counts) keepCounts(counted);
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
      <OutageList />
      <AbsenceList />
      <DeviceFilters
        value={state}
        counts={counts}
        onChange={(next) => ask({ state: next }, { replace: true })}
      />
      <DutyCheckList />
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
      key: 'line',
      title: t('device.line'),
      align: 'narrow',
      cell: (row) => <DeviceLine device={row} />,
    },
    {
      key: 'heard',
      title: t('device.last-heard'),
      align: 'narrow',
      cell: (row) => <LastHeard at={row.lastHeardAt} />,
    },
    { key: 'faults', title: t('device.faults'), cell: (row) => <OpenFaults device={row.health} most={3} /> },
    {
      key: 'test',
      title: t('device.last-test'),
      align: 'narrow',
      cell: (row) => <LastHeard at={row.health?.lastTestAt ?? null} />,
    },
    {
      key: 'reporting',
      title: t('device.reporting'),
      align: 'number',
      cell: (row) =>
        row.reportingSeconds === null
          ? '–'
          : `${row.category === null ? '' : `${row.category} · `}${t('device.seconds', { seconds: row.reportingSeconds })}`,
    },
    { key: 'model', title: t('register.model'), align: 'desk', cell: (row) => row.model },
  ];
  return (
    <DataTable label={t('place.devices')} columns={columns} rows={rows} keyOf={(row) => row.transmitterId} />
  );
}
