import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOrganisationName } from '../../api/queries.ts';
import { type SilentContact, useSilentContacts } from '../../api/silent-contacts.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import styles from './page.module.css';

/** Contacts who never answer, or whose mail comes back: whom to visit, or to have replaced. */
export function Page() {
  const { t } = useTranslation();
  const query = useSilentContacts();
  const organisationName = useOrganisationName();
  const columns: readonly Column<SilentContact>[] = [
    {
      key: 'facility',
      title: t('register.name'),
      align: 'wide',
      cell: (row) => (
        <Link href={`/facilities/${row.facility}`} className={styles.row}>
          <Lead under={organisationName(row.organisation)}>{row.facilityName}</Lead>
        </Link>
      ),
    },
    { key: 'name', title: t('ways-out.contact'), cell: (row) => row.name },
    { key: 'in-a-row', title: t('ways-out.in-a-row'), align: 'number', cell: (row) => row.inARow },
    {
      key: 'answered',
      title: t('ways-out.last-answered'),
      align: 'narrow',
      cell: (row) =>
        row.lastAnsweredAt === null ? t('ways-out.never-answered') : <Age at={row.lastAnsweredAt} />,
    },
    {
      key: 'unanswered',
      title: t('ways-out.last-unanswered'),
      align: 'narrow',
      cell: (row) => (row.lastUnansweredAt === null ? '–' : <Age at={row.lastUnansweredAt} />),
    },
    {
      key: 'email',
      title: t('ways-out.returned'),
      align: 'narrow',
      cell: (row) =>
        row.email === null ? (
          '–'
        ) : (
          <span title={row.email.text}>
            <Lead under={t(`ways-out.returned-${subjectOf(row.email.status)}`, { status: row.email.status })}>
              <Age at={row.email.at} />
            </Lead>
          </span>
        ),
    },
    {
      key: 'reported',
      title: t('ways-out.reported'),
      align: 'narrow',
      cell: (row) => <Age at={row.reportedAt} />,
    },
  ];
  return (
    <PageFrame title={t('place.contacts')}>
      <Section
        title={t('ways-out.silent-title')}
        actions={
          <a className={styles.csv} href="/api/contacts/silent.csv" download>
            {t('ways-out.csv')}
          </a>
        }
        flush
      >
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.contacts.length === 0}
          empty={<Empty title={t('ways-out.none-silent')} help={t('ways-out.silent-help')} />}
        >
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.contacts);
            return (
              <>
                <DataTable
                  label={t('ways-out.silent-title')}
                  columns={columns}
                  rows={rows}
                  keyOf={(row) => row.contact}
                />
                <LoadMore query={query} shown={rows.length} />
              </>
            );
          }}
        </AsyncState>
      </Section>
    </PageFrame>
  );
}

/** What a status speaks of: its second number (RFC 3463, section 3). */
function subjectOf(status: string | null): string {
  return /^[245]\.([1-7])\./.exec(status ?? '')?.[1] ?? 'unsaid';
}
