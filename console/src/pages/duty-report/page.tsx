import type { DutyReport } from '@keng/model';
import '../../styles/print.css';
import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../api/queries.ts';
import { useDutyReport } from '../../api/room.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import type { PageProps } from '../../routes.tsx';
import paper from '../../styles/paper.module.css';
import { dayOf } from '../shift/day.ts';
import { DayBar } from '../shift/day-bar.tsx';
import { Entries } from './entries.tsx';

/** The report of a duty day: nothing is typed into it, all of it is in the log. */
export function Page({ params }: PageProps) {
  const { t } = useTranslation();
  const date = dayOf(params.date);
  const query = useDutyReport(date);
  return (
    <PageFrame
      title={t('room.report')}
      actions={<DayBar path="/shift/report" csv="/duty/report" date={date} />}
    >
      <AsyncState query={query}>{(report) => <Report report={report} />}</AsyncState>
    </PageFrame>
  );
}

const COUNTS = [
  'incidents',
  'open',
  'fire',
  'false',
  'drill',
  'dispatched',
  'late',
  'silentDesks',
  'linksLostNow',
  'mutesNow',
] as const;

function Report({ report }: { readonly report: DutyReport }) {
  const { t } = useTranslation();
  const nameOf = useOrganisationName();
  return (
    <div className={paper.sheet} data-testid="report">
      <p className={paper.head}>
        <b>{nameOf(report.organisation)}</b> · <When at={report.from} /> – <When at={report.to} />
      </p>
      <Section title={t('room.shifts')}>
        {report.shifts.length === 0 && <p className="k-dim">{t('room.none')}</p>}
        <ul>
          {report.shifts.map((one) => (
            <li key={one.id}>
              <When at={one.startedAt} /> {t('room.leader')}: <b>{one.leader.name}</b>;{' '}
              {one.officers.map((officer) => officer.name).join(', ')}
              {one.signed !== null && (
                <>
                  {' · '}
                  {t('room.signed')} <When at={one.signed.at} />
                </>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('room.counts')}>
        <table className={paper.pairs}>
          <tbody>
            {COUNTS.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`room.count-${name}`)}</th>
                <td>{report.counts[name]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('room.incidents')}>
        <Incidents report={report} />
      </Section>
      <Section title={t('room.duty-log')}>
        <Entries entries={report.entries} />
      </Section>
      <div className={paper.signatures}>
        <span>{t('room.signature-leader')}: ………………………………</span>
        <span>{t('room.signature-next')}: ………………………………</span>
      </div>
    </div>
  );
}

function Incidents({ report }: { readonly report: DutyReport }) {
  const { t } = useTranslation();
  if (report.incidents.length === 0) return <p className="k-dim">{t('room.none')}</p>;
  return (
    <div className={paper.scroll}>
      <table className={paper.table}>
        <thead>
          <tr>
            <th className={paper.unbroken}>{t('room.form-number')}</th>
            <th>{t('room.form-receivedAt')}</th>
            <th>{t('room.form-facility')}</th>
            <th>{t('room.form-receivedBy')}</th>
            <th>{t('room.form-outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {report.incidents.map((one) => (
            <tr key={one.id}>
              <td className={paper.unbroken}>{one.number}</td>
              <td>
                <When at={one.openedAt} />
                {one.late && <b> {t('tag.late')}</b>}
              </td>
              <td>
                {one.facility}
                <br />
                {one.address}
              </td>
              <td>
                {one.acceptedBy}
                {one.acceptedSeconds !== null &&
                  ` (${t('device.seconds', { seconds: one.acceptedSeconds })})`}
              </td>
              <td>
                {one.outcome === null ? t('room.count-open') : t(`outcome.${one.outcome}`)}
                {one.cause !== null && `, ${t(`cause.${one.cause}`)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
