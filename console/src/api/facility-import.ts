import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, trusted } from './client.ts';

export type ImportMode = 'check' | 'take-good' | 'all-or-nothing';

export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
  readonly value: string | null;
}

export interface ImportReport {
  readonly rows: number;
  readonly taken: number;
  readonly registered: number;
  readonly changed: number;
  readonly refused: number;
  readonly problems: readonly RowProblem[];
  readonly moreProblems: number;
}

export interface Importing {
  readonly file: File;
  readonly mode: ImportMode;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** By its name only to ask the right question; the centre looks into the file. */
const isXlsx = (file: File): boolean => file.name.toLowerCase().endsWith('.xlsx');

export function useImportFacilities() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, mode }: Importing) =>
      request(
        'POST',
        `/facilities/${isXlsx(file) ? 'import-xlsx' : 'import'}?${new URLSearchParams({ mode, file: file.name })}`,
        trusted<ImportReport>(),
        { raw: { content: file, type: isXlsx(file) ? XLSX : 'text/csv' } },
      ),
    onSuccess: (_report, { mode }) => {
      if (mode !== 'check') void queries.invalidateQueries({ queryKey: ['facilities'] });
    },
  });
}
