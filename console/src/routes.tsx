import type { Permission } from '@keng/model';
import type { ComponentType } from 'react';
import { loadPart } from './components/load-part.tsx';

/** What every page of the console is given: the parts of its address. */
export interface PageProps {
  readonly params: Readonly<Record<string, string | undefined>>;
}

interface PageFile {
  readonly Page: ComponentType<PageProps>;
}

export interface PageRoute {
  readonly path: string;
  /** null: whoever is logged in. */
  readonly needs: Permission | null;
  readonly page: ComponentType<PageProps>;
}

/** A page is a folder with a `page.tsx` that exports `Page`; it is loaded when somebody goes there. */
const FILES = import.meta.glob<PageFile>('./pages/*/page.tsx');

function pageOf(folder: string): ComponentType<PageProps> | null {
  const load = FILES[`./pages/${folder}/page.tsx`];
  return load ? loadPart(load, ({ Page }) => Page) : null;
}

const TABLE: readonly (readonly [path: string, folder: string, needs: Permission | null])[] = [
  ['/desk/:number?', 'desk', 'desk.read'],
  ['/station', 'station', 'incident.station'],
  ['/facilities', 'facilities', 'facility.read'],
  // What is no id comes first.
  ['/facilities/new', 'facility-form', 'facility.write'],
  ['/facilities/import', 'facility-import', 'facility.import'],
  ['/facilities/:id/edit', 'facility-form', 'facility.write'],
  ['/facilities/:id/fire-plan', 'fire-plan', 'facility.read'],
  ['/facilities/:id', 'facility', 'facility.read'],
  ['/my-facilities', 'my-facilities', 'facility.own'],
  ['/my-facilities/:id/declare', 'facility-declare', 'facility.own'],
  ['/my-facilities/:id/fire-plan', 'fire-plan', 'facility.own'],
  ['/my-facilities/:id/self-inspection', 'self-inspection', 'facility.own'],
  ['/my-facilities/:id', 'facility', 'facility.own'],
  ['/inspections', 'inspections', 'inspection.read'],
  ['/contacts', 'contacts', 'facility.read'],
  ['/devices', 'devices', 'device.read'],
  ['/shift', 'shift', 'shift.read'],
  ['/shift/sheet', 'fallback-sheet', 'shift.read'],
  ['/shift/report/:date?', 'duty-report', 'shift.read'],
  ['/shift/form-01/:date?', 'form-01', 'shift.read'],
  ['/works', 'works', 'works.read'],
  ['/numbers', 'numbers', 'numbers.read'],
  ['/users', 'users', 'user.read'],
  ['/account', 'account', null],
  ['/access', 'access', null],
  ['/log', 'log', 'log.read'],
  ['/system', 'system', 'system.read'],
];

const loaded = new Map<string, ComponentType<PageProps> | null>();
function once(folder: string): ComponentType<PageProps> | null {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const page = pageOf(folder);
  loaded.set(folder, page);
  return page;
}

export const ROUTES: readonly PageRoute[] = TABLE.flatMap(([path, folder, needs]) => {
  const page = once(folder);
  return page === null ? [] : [{ path, needs, page }];
});

/** The owner's page proves itself by the token in its address: no log-in, no frame. */
export const OWNER_PAGE = once('owner');
