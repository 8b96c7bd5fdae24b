import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { followImport, type ImportProgress } from './follow-import.ts';

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

/** Checks or takes a file; `progress` while it goes on, `stop` ends it and `stopped` says so. */
export function useImportFacilities() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const [asked, setAsked] = useState(false);
  const running = useRef<AbortController | null>(null);
  const importing = useMutation({
    mutationFn: async ({ file, mode }: Importing) => {
      const controller = new AbortController();
      running.current = controller;
      setProgress(null);
      setAsked(false);
      const query = new URLSearchParams({ mode, file: file.name, progress: 'lines' });
      return await followImport(
        `/facilities/${isXlsx(file) ? 'import-xlsx' : 'import'}?${query}`,
        {
          raw: { content: file, type: isXlsx(file) ? XLSX : 'text/csv' },
          patient: true,
          signal: controller.signal,
        },
        setProgress,
      );
    },
    onSuccess: (_report, { mode }) => {
      if (mode !== 'check') void queries.invalidateQueries({ queryKey: ['facilities'] });
    },
  });
  const stop = () => {
    running.current?.abort();
    setAsked(true);
  };
  // It may have been finished just before it heard of it: then there is a report.
  const stopped = asked && importing.error !== null;
  return { ...importing, error: stopped ? null : importing.error, progress, stop, stopped };
}
