import { Button, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProvinceName } from '../../../api/country-facts.ts';
import { localName, useOrganisations } from '../../../api/queries.ts';
import { useClaimDesk } from '../../../api/room.ts';
import { ProblemNote } from '../../../components/problem-note.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { Tag } from '../../../components/tag.tsx';
import { When } from '../../../components/when.tsx';
import { useDeskOfUser } from '../../../frame/use-desk-of-user.ts';
import { useLive } from '../../../live/live-context.tsx';
import { useSession } from '../../../session/session-context.tsx';
import type { SilentDesk } from '../../../worker/messages.ts';
import styles from './silent-desks.module.css';

/**
 * At the national desk: which provinces do not answer now, whose alarms come here. One line that is always there, so that it
 * moves no row when it changes; whoever wants to know more opens it.
 */
export function SilentDesks() {
  const { t } = useTranslation();
  const { level } = useDeskOfUser();
  const desks = useLive('silent');
  // A station has nobody below it; a province hears of its stations only when one is silent.
  if (desks === null || level === 'station' || (level === 'province' && desks.length === 0)) return null;
  const stations = desks.filter((one) => one.level === 'station').length;
  const said = [
    desks.length > stations && t('silent.count', { count: desks.length - stations }),
    stations > 0 && t('room.silent-stations', { count: stations }),
  ].filter((one) => one !== false);
  const waiting = desks.reduce((sum, one) => sum + one.waiting, 0);
  return (
    <section className={styles.bar} aria-label={t('silent.title')} data-waiting={waiting > 0}>
      <span role="status">
        {desks.length === 0 ? t('silent.none') : said.join(' · ')}
        {waiting > 0 && <b> · {t('silent.waiting', { count: waiting })}</b>}
      </span>
      {desks.length > 0 && (
        <Popover position="bottom-end" width={440} trapFocus shadow="md">
          <Popover.Target>
            <Button variant="default" size="compact-sm" className={styles.open}>
              {t('silent.show')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={0}>
            <DeskList desks={desks} />
          </Popover.Dropdown>
        </Popover>
      )}
    </section>
  );
}

function DeskList({ desks }: { readonly desks: readonly SilentDesk[] }) {
  const { t } = useTranslation();
  const name = useProvinceOf();
  const { can } = useSession();
  const claim = useClaimDesk();
  return (
    <>
      {/* Keyboards scroll it, too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <ul className={styles.list} aria-label={t('silent.title')} tabIndex={0} data-autofocus>
        {desks.map(({ organisation, since, waiting, reason, claimedBy, raised }) => (
          <li key={organisation} data-reason={reason}>
            <span>
              {name(organisation)}
              {reason !== undefined && <small> {t(`room.reason-${reason}`)}</small>}
            </span>
            <span className="k-dim">
              {t('silent.since')} <When at={since} />
            </span>
            {waiting > 0 && <Tag tone="warn">{t('silent.waiting', { count: waiting })}</Tag>}
            {raised !== undefined && <Tag tone="fire">{t('room.raised')}</Tag>}
            {claimedBy !== undefined && (
              <span className="k-dim">{t('duty-check.claimed-by', { name: claimedBy.name })}</span>
            )}
            {claimedBy === undefined && can('incident.accept') && (
              <SendButton
                variant="default"
                size="compact-sm"
                className={styles.open}
                aria-label={`${t('duty-check.claim')}: ${name(organisation)}`}
                loading={claim.isPending && claim.variables === organisation}
                onClick={() => claim.mutate(organisation)}
              >
                {t('duty-check.claim')}
              </SendButton>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={claim.error} />
    </>
  );
}

/** The province that a desk answers for; the desk itself where that is not known. */
function useProvinceOf(): (organisation: string) => string {
  const { data } = useOrganisations();
  const provinceName = useProvinceName();
  return (organisation) => {
    const found = data?.find((one) => one.code === organisation);
    if (found?.level === 'station') return localName(found.name);
    return (found?.areaCode && provinceName(found.areaCode)) || organisation;
  };
}
