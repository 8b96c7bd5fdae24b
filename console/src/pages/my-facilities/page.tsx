import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type FacilityListItem, useFacilities, useFacility } from '../../api/facilities.ts';
import { useNameOf } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { DeviceLink, OpenFaults } from '../devices/device-health.tsx';
import styles from './page.module.css';

const EVERYTHING = { search: '', area: null, category: null } as const;

/** For the owner of facilities: how the own devices are. An alarm comes by telephone, with a link of its own to answer it. */
export function Page() {
  const { t } = useTranslation();
  const query = useFacilities(EVERYTHING);
  return (
    <PageFrame title={t('place.my-facilities')} width="form">
      <p className={styles.help}>{t('mine.help')}</p>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.facilities.length === 0}
        empty={<Empty title={t('mine.none')} help={t('mine.none-help')} />}
      >
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.facilities);
          return (
            <div className={styles.list}>
              {rows.map((row) => (
                <Mine key={row.id} facility={row} />
              ))}
              {query.hasNextPage && <LoadMore query={query} shown={rows.length} />}
            </div>
          );
        }}
      </AsyncState>
    </PageFrame>
  );
}

function Mine({ facility }: { readonly facility: FacilityListItem }) {
  const { t } = useTranslation();
  const categoryName = useNameOf('categories');
  const query = useFacility(facility.id);
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
      <p className={styles.address}>{facility.address}</p>
      <AsyncState query={query}>
        {({ transmitters, health = [] }) => (
          <ul className={styles.devices}>
            {transmitters.map((one) => {
              const device = health.find((state) => state.transmitterId === one.id) ?? null;
              return (
                <li key={one.id}>
                  <span className={styles.device}>
                    {t('register.account-of', { account: one.account })} <DeviceLink device={device} />
                    {device !== null && device.faults.length === 0 && (
                      <Tag tone="good">{t('mine.no-fault')}</Tag>
                    )}
                  </span>
                  <OpenFaults device={device} />
                </li>
              );
            })}
            {transmitters.length === 0 && <li>{t('register.no-transmitter')}</li>}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}
