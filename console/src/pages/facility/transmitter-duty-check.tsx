import type { Transmitter } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { ASKED_PROTOCOLS, type DutyCheckItem, useAskControlRoom } from '../../api/duty-checks.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useSession } from '../../session/session-context.tsx';
import { DutyCheckLine } from '../devices/duty-check-line.tsx';
import styles from './duty-check.module.css';

interface TransmitterDutyCheckProps {
  readonly transmitter: Transmitter;
  /** The newest, if it was ever asked. */
  readonly last: DutyCheckItem | null;
}

/** Is somebody in the control room? The device there sounds until somebody answers. */
export function TransmitterDutyCheck({ transmitter, last }: TransmitterDutyCheckProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const asking = useAskControlRoom();
  if (!ASKED_PROTOCOLS.has(transmitter.protocol)) return null;
  const open = last !== null && last.endedAt === null;
  return (
    <div className={styles.row}>
      <span className="k-dim">{t('duty-check.title')}</span>
      <span className={styles.state} aria-live="polite">
        {last === null ? t('register.never') : <DutyCheckLine of={last} />}
      </span>
      {can('duty-check.ask') && (
        <SendButton
          variant="default"
          h={44}
          disabled={open}
          loading={asking.isPending}
          onClick={() => asking.mutate(transmitter.id)}
        >
          {t('duty-check.ask')}
        </SendButton>
      )}
      <ProblemNote error={asking.error} />
    </div>
  );
}
