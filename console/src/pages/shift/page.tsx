import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDutyReport, useRoom } from '../../api/room.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Entries } from '../duty-report/entries.tsx';
import { CurrentShift } from './current-shift.tsx';
import { dutyDay } from './day.ts';
import { DesksBelow } from './desks-below.tsx';
import { DutyNote } from './duty-note.tsx';
import { Handover } from './handover.tsx';
import { PaperForm } from './paper-form.tsx';
import { PreviousShift } from './previous-shift.tsx';
import styles from './shift.module.css';

/** The room: who is on shift, what was handed over, the duty log, and the way to paper and back. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useRoom();
  return (
    <PageFrame title={t('place.shift')}>
      <nav className={styles.links} aria-label={t('room.papers')}>
        <Button component={Link} href="/shift/sheet" variant="default" h={44}>
          {t('room.sheet')}
        </Button>
        <Button component={Link} href="/shift/form-01" variant="default" h={44}>
          {t('room.form-01')}
        </Button>
        <Button component={Link} href="/shift/report" variant="default" h={44}>
          {t('room.report')}
        </Button>
      </nav>
      <AsyncState query={query}>
        {(room) =>
          room === null ? (
            <Empty title={t('room.no-desk')} help={t('room.no-desk-help')} />
          ) : (
            <div className={styles.grid}>
              <div>
                <CurrentShift key={room.shift?.id ?? 'none'} room={room} />
                {room.shift !== null && <Handover room={room} />}
                {room.previous !== null && <PreviousShift shift={room.previous} current={room.shift} />}
              </div>
              <div>
                <Section title={t('room.duty-log')}>
                  {can('shift.write') && <DutyNote />}
                  <Today />
                </Section>
                {can('shift.write') && <PaperForm />}
                <DesksBelow own={room.organisation} />
              </div>
            </div>
          )
        }
      </AsyncState>
    </PageFrame>
  );
}

function Today() {
  const query = useDutyReport(dutyDay());
  return (
    <AsyncState query={query}>
      {({ entries }) => <Entries entries={entries.toReversed().slice(0, 50)} />}
    </AsyncState>
  );
}
