import type { DeviceItem } from '@keng/model';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FacilityListItem, useFacilities } from '../../api/facilities.ts';
import type { MyWorks } from '../../api/mine.ts';
import { useNameOf } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { useNow } from '../../components/now.ts';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { DeviceLine, LastHeard, OpenFaults } from '../devices/device-health.tsx';
import { statesOf } from './facility-state.ts';
import styles from './page.module.css';

interface MyFacilityListProps {
  readonly query: ReturnType<typeof useFacilities>;
  readonly devices: UseQueryResult<readonly DeviceItem[]>;
  /** Ids of facilities where an alarm is open. */
  readonly alarming: ReadonlySet<string>;
  readonly works: readonly MyWorks[];
}

/** Each facility with its state in a word, and its devices. */
export function MyFacilityList({ query, devices, alarming, works }: MyFacilityListProps) {
  const { t } = useTranslation();
  return (
    <AsyncState
      query={query}
      isEmpty={({ pages }) => pages[0]?.facilities.length === 0}
      empty={<Empty title={t('mine.none')} help={t('mine.none-help')} />}
    >
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.facilities);
        return (
          <div className={styles.sections}>
            {rows.map((row) => (
              <Mine
                key={row.id}
                facility={row}
                devices={devices}
                alarming={alarming.has(row.id)}
                works={works.filter((one) => one.facilityId === row.id)}
              />
            ))}
            {query.hasNextPage && <LoadMore query={query} shown={rows.length} />}
          </div>
        );
      }}
    </AsyncState>
  );
}

interface MineProps extends Pick<MyFacilityListProps, 'devices' | 'works'> {
  readonly facility: FacilityListItem;
  readonly alarming: boolean;
}

const TONES = {
  alarm: 'fire',
  lost: 'warn',
  never: 'warn',
  fault: 'warn',
  silent: 'accent',
  'no-device': 'plain',
  ok: 'good',
} as const;

function Mine({ facility, devices, alarming, works }: MineProps) {
  const { t } = useTranslation();
  const categoryName = useNameOf('categories');
  const now = useNow();
  const own = devices.data?.filter((one) => one.facilityId === facility.id) ?? null;
  return (
    <Section
      title={facility.name}
      beside={categoryName(facility.category)}
      actions={
        <Link href={`/my-facilities/${facility.id}`} className={styles.open}>
          {t('mine.open')}
        </Link>
      }
    >
      <p className={styles.state}>
        {statesOf({ alarming, devices: own, works }, now).map((state) => (
          <Tag key={state} tone={TONES[state]}>
            {t(`mine.state-${state}`)}
          </Tag>
        ))}
        <span className="k-dim">{facility.address}</span>
      </p>
      <AsyncState query={devices}>
        {() => (
          <ul className={styles.devices}>
            {own?.map((one) => (
              <Device key={one.transmitterId} device={one} />
            ))}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}

function Device({ device }: { readonly device: DeviceItem }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className={styles.device}>
        {t('register.account-of', { account: device.account })} <DeviceLine device={device} />
        {device.lastHeardAt !== null && (
          <span className="k-dim">
            {t('register.last-heard')} <LastHeard at={device.lastHeardAt} />
          </span>
        )}
      </span>
      <OpenFaults device={device.health} />
    </li>
  );
}
