import type { Numbers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { NumbersFilter } from '../../api/numbers.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { clockFace } from '../../components/duration.ts';
import { Section } from '../../components/page.tsx';
import { BehindLink, CsvLink } from './behind-link.tsx';
import styles from './page.module.css';

interface LostLinksProps {
  readonly links: Numbers['links'];
  readonly filter: NumbersFilter;
}

type Model = Numbers['links']['models'][number];

/** Links that were lost, by make and model: how often, and how long until they were back. */
export function LostLinks({ links, filter }: LostLinksProps) {
  const { t } = useTranslation();
  const nameOf = (row: Model) => row.code || t('numbers.unnamed');
  const columns: readonly Column<Model>[] = [
    { key: 'model', title: t('numbers.model'), cell: nameOf },
    {
      key: 'lost',
      title: t('numbers.lost'),
      align: 'number',
      cell: (row) => (
        <BehindLink
          filter={filter}
          of="links"
          behind={{ model: row.code }}
          label={`${nameOf(row)}, ${t('numbers.lost')}`}
        >
          {row.lost}
        </BehindLink>
      ),
    },
    {
      key: 'mean',
      title: t('numbers.mean-away'),
      align: 'number',
      cell: (row) => (row.meanSeconds === null ? '–' : clockFace(row.meanSeconds)),
    },
  ];
  return (
    <Section
      title={t('numbers.links')}
      beside={t('numbers.links-back', { lost: links.lost, restored: links.restored })}
      actions={<CsvLink filter={filter} table="link-models" />}
      flush
    >
      {links.models.length === 0 ? (
        <p className={styles.none}>{t('numbers.no-links')}</p>
      ) : (
        <DataTable
          label={t('numbers.links')}
          columns={columns}
          rows={links.models}
          keyOf={(row) => row.code}
        />
      )}
    </Section>
  );
}
