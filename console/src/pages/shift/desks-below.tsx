import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../api/queries.ts';
import { useRoomDesks } from '../../api/room.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import styles from './shift.module.css';

/** Desks and stations that one may see: who leads there, and what they cannot prove now. */
export function DesksBelow({ own }: { readonly own: string }) {
  const { t } = useTranslation();
  const query = useRoomDesks();
  const nameOf = useOrganisationName();
  return (
    <Section title={t('room.desks')}>
      <AsyncState
        query={query}
        isEmpty={(desks) => desks.length === 0}
        empty={<p className="k-dim">{t('room.none')}</p>}
      >
        {(desks) => (
          <ul className={styles.list} data-testid="room-desks">
            {desks.map((desk) => (
              <li key={desk.organisation} data-desk={desk.organisation}>
                <span className={styles.grow}>
                  {desk.organisation === own ? <b>{nameOf(desk.organisation)}</b> : nameOf(desk.organisation)}{' '}
                  <small className="k-dim">
                    {desk.leader === null
                      ? t('room.badge-none')
                      : t('room.badge', { name: desk.leader, count: desk.officers })}
                  </small>
                </span>
                {desk.faults.map((one) => (
                  <Tag key={one.fault} tone="warn">
                    {t(`room.fault-${one.fault}`)} <When at={one.since} />
                  </Tag>
                ))}
                {desk.faults.length === 0 && <Tag tone="good">{t('room.proved')}</Tag>}
              </li>
            ))}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}
