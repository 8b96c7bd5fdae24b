import '../../styles/print.css';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { nameAmong, useCountryFacts } from '../../api/country-facts.ts';
import { localName } from '../../api/queries.ts';
import {
  type FallbackSheet,
  type SheetLine,
  useFallbackSheet,
  useRoom,
  useRoomAction,
} from '../../api/room.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import paper from '../../styles/paper.module.css';
import { Telephones } from './telephones.tsx';

/** What a room needs on paper when the screen goes dark. Once it is here it prints without the centre. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useFallbackSheet();
  const room = useRoom();
  const action = useRoomAction();
  const print = () => {
    globalThis.print();
    // The paper is what counts: whether the centre hears of it comes after.
    if (room.data?.shift != null && can('shift.write')) action.mutate({ name: 'sheet-printed' });
  };
  return (
    <PageFrame
      title={t('room.sheet')}
      actions={
        <span className="k-no-print">
          <Button component={Link} href="/shift" variant="subtle" h={44} mr="sm">
            {t('place.shift')}
          </Button>
          <Button h={44} onClick={print} disabled={query.data === undefined} data-testid="print">
            {t('room.print')}
          </Button>
        </span>
      }
    >
      <AsyncState query={query}>{(sheet) => <Sheet sheet={sheet} />}</AsyncState>
    </PageFrame>
  );
}

function Sheet({ sheet }: { readonly sheet: FallbackSheet }) {
  const { t } = useTranslation();
  const facts = useCountryFacts();
  const own = sheet.desks.find((one) => one.organisation === sheet.organisation);
  return (
    <div className={paper.sheet} data-testid="sheet">
      <p className={paper.head}>
        <b>{own ? localName(own.name) : sheet.organisation}</b> · {t('room.as-of')} <When at={sheet.at} />
        {sheet.shift !== null && (
          <>
            {' · '}
            {t('room.leader')}: {sheet.shift.leader.name} ·{' '}
            {sheet.shift.officers.map((one) => one.name).join(', ')}
          </>
        )}
      </p>
      <Section title={t('room.telephones')}>
        <div className={paper.scroll}>
          <table className={paper.pairs}>
            <tbody>
              {(facts.data?.emergencyNumbers ?? []).map((one) => (
                <tr key={one.code}>
                  <th scope="row">{nameAmong(facts.data?.emergencyNumbers, one.code)}</th>
                  <td>
                    <b>{one.number}</b>
                  </td>
                </tr>
              ))}
              {sheet.desks.map((desk) => (
                <tr key={desk.organisation}>
                  <th scope="row">{localName(desk.name)}</th>
                  <td>
                    {desk.telephones.length === 0
                      ? '………………………………'
                      : desk.telephones.map((one) => `${one.label}: ${one.number}`).join(' · ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Telephones own={own?.telephones ?? []} />
      </Section>
      <Section title={t('room.open-incidents')} beside={sheet.totals.incidents}>
        <Lines
          total={sheet.totals.incidents}
          lines={sheet.incidents.map((one) => ({
            ...one,
            name: `${one.number} · ${one.name}`,
            detail: `${t(one.accepted ? 'room.accepted' : 'room.not-accepted')}${one.detail === '' ? '' : ` · ${one.detail}`}`,
          }))}
        />
      </Section>
      <Section title={t('room.kind-works')} beside={sheet.totals.mutes}>
        <Lines lines={sheet.mutes} total={sheet.totals.mutes} />
      </Section>
      <Section title={t('room.kind-link')} beside={sheet.totals.links}>
        <Lines lines={sheet.links} total={sheet.totals.links} />
      </Section>
    </div>
  );
}

function Lines({ lines, total }: { readonly lines: readonly SheetLine[]; readonly total: number }) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="k-dim">{t('room.none')}</p>;
  return (
    <div className={paper.scroll}>
      <table className={paper.table}>
        <tbody>
          {lines.map((one) => (
            <tr key={`${one.name}${one.detail}${one.since}`}>
              <td>
                <When at={one.since} />
                {one.until !== null && (
                  <>
                    {' – '}
                    <When at={one.until} />
                  </>
                )}
              </td>
              <td>
                <b>{one.name}</b>
                <br />
                {one.address}
              </td>
              <td>{one.detail}</td>
              <td>
                {one.contacts.map((contact) => (
                  <div key={contact.telephone}>
                    {contact.name}: <span className={paper.unbroken}>{contact.telephone}</span>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > lines.length && (
        <p>
          <b>{t('room.sheet-first', { shown: lines.length, total })}</b>
        </p>
      )}
    </div>
  );
}
