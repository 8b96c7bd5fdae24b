import type { DeviceCounts, DeviceItem } from '@keng/model';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { DEVICE_FILTERS, type DeviceFilter, useDevices } from '../../api/devices.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { useOutages } from '../../api/supervision.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { useOutageTitle } from '../../frame/supervision-banner.tsx';
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
  const [opened, open] = useState<DeviceFilter | null>(null);
  const outage = asked.get('outage');
  const chosen = outage === null ? DEVICE_FILTERS.find((one) => one === asked.get('state')) : 'all';
  const state = chosen ?? opened ?? 'lost';
  const query = useDevices(state, outage);
  // What was counted last stays while another filter is loaded.
  const counted = query.data?.pages[0]?.counts ?? null;
  const [counts, keepCounts] = useState(counted);
  if (counted !== null && counted !== counts) keepCounts(counted);
  // Once: what somebody reads does not change under their eyes because a device came back.
  if (opened === null && chosen === undefined && counted !== null) open(firstOf(counted));
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
        value={outage === null ? (chosen ?? opened) : null}
        counts={counts}
        onChange={(next) => ask({ state: next }, { replace: true })}
      />
      <div className={styles.list}>
        {outage !== null && (
          <OutageOfList key={outage} id={outage} onLeave={() => ask({}, { replace: true })} />
        )}
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.devices.length === 0}
          empty={<Empty title={t(outage === null ? `device.none-${state}` : 'outage.none')} />}
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
      <DutyCheckList />
    </PageFrame>
  );
}

/** What needs somebody and is there; where nothing does, all there are. */
function firstOf(counts: DeviceCounts): DeviceFilter {
  return (['lost', 'never', 'fault'] as const).find((one) => counts[one] > 0) ?? 'all';
}

/** Whose devices the list shows, and the way back to all. */
function OutageOfList({ id, onLeave }: { readonly id: string; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const { data } = useOutages();
  const title = useOutageTitle();
  const place = useRef<HTMLParagraphElement>(null);
  // Whoever follows the link of an outage stands far above the list. Only as far as needed: the frame itself must stay where it is.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const found = [...(data?.open ?? []), ...(data?.closed ?? [])].find((one) => one.id === id);
  return (
    <p ref={place} className={styles.narrowed} role="status">
      <span>{t('outage.devices-of', { what: found === undefined ? '…' : title(found) })}</span>
      <Button variant="default" h={44} onClick={onLeave}>
        {t('outage.devices-all')}
      </Button>
    </p>
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
