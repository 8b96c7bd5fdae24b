import type { Form01 } from '@keng/model';
import '../../styles/print.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCountryFacts, useSourceTitle } from '../../api/country-facts.ts';
import { localName, useOrganisationName } from '../../api/queries.ts';
import { useForm01 } from '../../api/room.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { PageFrame } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import type { PageProps } from '../../routes.tsx';
import { useSession } from '../../session/session-context.tsx';
import paper from '../../styles/paper.module.css';
import { dayOf } from '../shift/day.ts';
import { DayBar } from '../shift/day-bar.tsx';
import { ReceptionDialog } from './reception-dialog.tsx';

/** The book of reports: what the log knows stands there already, the rest a person writes. */
export function Page({ params }: PageProps) {
  const { t } = useTranslation();
  const date = dayOf(params.date);
  const query = useForm01(date);
  const form = useCountryFacts().data?.forms?.find((one) => one.code === 'form-01');
  const sourceOf = useSourceTitle();
  const [writing, write] = useState<Form01 | null>(null);
  return (
    <PageFrame
      title={form ? localName(form.names) : t('room.form-01')}
      actions={<DayBar path="/shift/form-01" csv="/duty/form-01" date={date} />}
    >
      {form && <p className={paper.head}>{sourceOf(form.sourceCode)}</p>}
      <AsyncState
        query={query}
        isEmpty={(lines) => lines.length === 0}
        empty={<Empty title={t('room.form-none')} help={t('room.form-none-help')} />}
      >
        {(lines) =>
          lines.map((line) => <Sheet key={line.incidentId} line={line} onWrite={() => write(line)} />)
        }
      </AsyncState>
      {writing !== null && <ReceptionDialog line={writing} onClose={() => write(null)} />}
    </PageFrame>
  );
}

function Sheet({ line, onWrite }: { readonly line: Form01; readonly onWrite: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const nameOf = useOrganisationName();
  const when = (at: string | null) => (at === null ? null : <When at={at} />);
  return (
    <article className={paper.form} data-form={line.number}>
      <h2>
        {t('room.form-number')} {line.number} {line.late && <small>· {t('tag.late')}</small>}
      </h2>
      <dl>
        <dt>{t('room.form-receivedAt')}</dt>
        <dd>{when(line.receivedAt)}</dd>
        <dt>{t('room.form-channel')}</dt>
        <dd>{t(`room.channel-${line.channel}`)}</dd>
        <dt>{t('room.form-reporterName')}</dt>
        <dd>{line.reporterName}</dd>
        <dt>{t('room.form-reporterAddress')}</dt>
        <dd>{line.reporterAddress}</dd>
        <dt>{t('room.form-reporterTelephone')}</dt>
        <dd>{line.reporterTelephone}</dd>
        <dt>{t('room.form-facility')}</dt>
        <dd>
          {line.facility}, {line.address}
        </dd>
        <dt>{t('room.form-burning')}</dt>
        <dd>{line.burning}</dd>
        <dt>{t('room.form-spread')}</dt>
        <dd>{line.spread}</dd>
        <dt>{t('room.form-people')}</dt>
        <dd>{line.people}</dd>
        <dt>{t('room.form-losses')}</dt>
        <dd>{line.losses}</dd>
        <dt>{t('room.form-receivedBy')}</dt>
        <dd>
          {line.receivedBy} {when(line.acceptedAt)}
        </dd>
        <dt>{t('room.form-station')}</dt>
        <dd>
          {line.station !== null && nameOf(line.station)} {when(line.dispatchedAt)}
        </dd>
        <dt>{t('room.form-handling')}</dt>
        <dd>{line.handling}</dd>
        <dt>{t('room.form-outcome')}</dt>
        <dd>
          {line.outcome !== null && <Outcome text={line.outcome} />} {when(line.closedAt)}
        </dd>
      </dl>
      {can('shift.write') && (
        <Button className="k-no-print" mt="sm" variant="default" h={44} onClick={onWrite}>
          {t('room.form-write')}
        </Button>
      )}
    </article>
  );
}

/** `false: dust` in the words of the reader. */
function Outcome({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [outcome = '', cause] = text.split(': ');
  return (
    <>
      {t(`outcome.${outcome}`)}
      {cause !== undefined && `, ${t(`cause.${cause}`)}`}
    </>
  );
}
