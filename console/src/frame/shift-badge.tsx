import { missingOfficers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRoom } from '../api/room.ts';
import { useSession } from '../session/session-context.tsx';
import styles from './header.module.css';

/** Who is on shift, for everybody who looks at this screen; and what is still missing. */
export function ShiftBadge() {
  const { t } = useTranslation();
  const { session } = useSession();
  const { data } = useRoom(session.user.organisation !== null);
  if (data == null) return null;
  const { shift, pending } = data;
  const waiting = pending.incident + pending.works + pending.link;
  const missing = shift === null || missingOfficers(shift) > 0;
  return (
    <Link
      href="/shift"
      className={styles.shift}
      data-missing={missing || waiting > 0}
      data-testid="shift-badge"
    >
      <span>
        {shift === null
          ? t('room.badge-none')
          : t('room.badge', { name: shift.leader.name, count: shift.officers.length })}
      </span>
      {shift !== null && waiting > 0 && <b>· {t('room.badge-waiting', { count: waiting })}</b>}
    </Link>
  );
}
