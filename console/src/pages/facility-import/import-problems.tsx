import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportReport, RowProblem } from '../../api/facility-import.ts';
import { wordsOf } from '../../api/field-problems.ts';
import { type Column, DataTable, Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { problemsCsv } from './problems-csv.ts';

/** What is wrong, cell by cell, in the order of the file; as a file, too, for whoever corrects it. */
export function ImportProblems({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const { problems, moreProblems } = report;
  const reasonOf = (one: RowProblem) => wordsOf({ code: one.code, detail: one.reason });
  const columns: readonly Column<RowProblem>[] = [
    { key: 'row', title: t('import.row'), align: 'narrow', cell: (one) => <strong>{one.row}</strong> },
    { key: 'column', title: t('import.column'), align: 'narrow', cell: (one) => <Mono>{one.column}</Mono> },
    { key: 'reason', title: t('import.reason'), cell: reasonOf },
    {
      key: 'value',
      title: t('import.value'),
      cell: (one) => <Mono>{one.value === null ? t('import.secret') : one.value || t('import.empty')}</Mono>,
    },
  ];
  const save = () => {
    const url = URL.createObjectURL(new Blob([problemsCsv(problems, reasonOf)], { type: 'text/csv' }));
    const link = globalThis.document.createElement('a');
    link.href = url;
    link.download = 'problems.csv';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Section
      title={t('import.problems')}
      beside={
        moreProblems === 0
          ? t('import.problem-count', { count: problems.length })
          : t('import.problem-more', { shown: problems.length, count: moreProblems })
      }
      actions={
        <Button variant="subtle" h={44} onClick={save}>
          {t('import.save-problems')}
        </Button>
      }
      flush
    >
      <DataTable
        label={t('import.problems')}
        columns={columns}
        rows={problems}
        keyOf={(one) => `${one.row} ${one.column} ${one.code}`}
      />
    </Section>
  );
}
