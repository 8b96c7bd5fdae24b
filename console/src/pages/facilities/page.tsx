import { Button, Menu } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import {
  type FacilityFilter,
  type FacilityListItem,
  facilityQuery,
  useFacilities,
} from '../../api/facilities.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { useShortcuts } from '../../components/use-shortcuts.ts';
import { useSession } from '../../session/session-context.tsx';
import { FacilityFilters } from './facility-filters.tsx';
import { FacilityTable } from './facility-table.tsx';
import styles from './page.module.css';

/** The register: found without marks, narrowed by area and category, a page at a time. The address holds what was asked. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [asked, ask] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.focus() });
  const filter: FacilityFilter = {
    search: asked.get('search') ?? '',
    area: asked.get('area'),
    category: asked.get('category'),
  };
  const query = useFacilities(filter);
  const change = (next: FacilityFilter) => {
    const entries = Object.entries(next).filter(([, value]) => value !== null && value !== '');
    ask(Object.fromEntries(entries) as Record<string, string>, { replace: true });
  };
  return (
    <PageFrame
      title={t('place.facilities')}
      actions={
        <>
          {can('facility.import') && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="subtle" h={44}>
                  {t('table.export')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {(['xlsx', 'csv'] as const).map((kind) => (
                  <Menu.Item
                    key={kind}
                    component="a"
                    href={`/api/facilities/export.${kind}?${facilityQuery(filter, null, 50).split('?')[1]}`}
                    download={`facilities.${kind}`}
                  >
                    {t(`table.export-${kind}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          {can('facility.import') && (
            <Button component={Link} href="/facilities/import" variant="default" h={44}>
              {t('register.import')}
            </Button>
          )}
          {can('facility.write') && (
            <Button component={Link} href="/facilities/new" h={44}>
              {t('register.new')}
            </Button>
          )}
        </>
      }
    >
      <FacilityFilters filter={filter} onChange={change} input={search} />
      <div className={styles.list} data-old={query.isPlaceholderData}>
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.facilities.length === 0}
          empty={<Empty title={t('list.nothing-found')} help={t('list.nothing-found-help')} />}
        >
          {({ pages }) => <Found rows={pages.flatMap((page) => page.facilities)} query={query} />}
        </AsyncState>
      </div>
    </PageFrame>
  );
}

interface FoundProps {
  readonly rows: readonly FacilityListItem[];
  readonly query: ReturnType<typeof useFacilities>;
}

function Found({ rows, query }: FoundProps) {
  return (
    <>
      <FacilityTable rows={rows} />
      <LoadMore query={query} shown={rows.length} />
    </>
  );
}
