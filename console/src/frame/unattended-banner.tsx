import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Age } from '../components/age.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { SendButton } from '../components/send-button.tsx';
import styles from './frame.module.css';

interface UnattendedBannerProps {
  /** What nobody looks after yet, in words. */
  readonly children: ReactNode;
  readonly since: string;
  /** How many others wait beside it. */
  readonly more: number;
  /** Nobody claimed it in the time that there is for it: the nation was told. */
  readonly raised: boolean;
  /** Where the thing itself is looked at; absent: there is the list only. */
  readonly facility?: string;
  /** Where all of them stand. */
  readonly list: string;
  readonly claiming: boolean;
  readonly error: unknown;
  readonly onClaim: () => void;
  readonly testId: string;
}

/** Somewhere nobody is there, and nobody looks after that yet: the words, and the button to take it. */
export function UnattendedBanner({ children, since, more, raised, ...rest }: UnattendedBannerProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.banner} role="alert" data-loud={raised} data-testid={rest.testId}>
      <p className={styles.told}>
        <span>
          {children}
          {more > 0 && ` ${t('duty-check.unattended-more', { count: more })}`}
        </span>{' '}
        <Age at={since} /> {raised && <span>{t('room.raised')}</span>}{' '}
        {rest.facility !== undefined && <Link href={rest.facility}>{t('duty-check.facility')}</Link>}{' '}
        <Link href={rest.list}>{t('duty-check.look')}</Link>
      </p>
      <SendButton variant="default" loading={rest.claiming} onClick={rest.onClaim}>
        {t('duty-check.claim')}
      </SendButton>
      <ProblemNote error={rest.error} />
    </div>
  );
}
