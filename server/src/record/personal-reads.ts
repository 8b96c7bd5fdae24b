import type { Route } from '../platform/http/index.ts';

/** Kinds of personal data, as the auditor searches for them. */
export const PERSONAL_READS = ['contacts', 'owner', 'log', 'users', 'export', 'room', 'desk'] as const;
export type PersonalRead = (typeof PERSONAL_READS)[number];

/** Which route shows what of people. One table, so that one look says what is recorded: a new route that does is entered by hand. */
const READS: Readonly<Record<string, PersonalRead>> = {
  'GET /facilities/:id': 'contacts',
  'GET /facilities': 'contacts',
  'GET /facilities/:id/history': 'contacts',
  'GET /facilities/:id/duplicates': 'contacts',
  'GET /duplicates': 'contacts',
  'GET /declarations': 'contacts',
  'GET /contacts/silent': 'contacts',
  'GET /contacts/silent.csv': 'export',
  'GET /facilities/export.csv': 'export',
  'GET /facilities/export.xlsx': 'export',
  'GET /inspections/overdue.csv': 'export',
  'GET /incidents/:id': 'contacts',
  'GET /incidents/:id/chronology': 'contacts',
  'GET /works/:id/chronology': 'contacts',
  'GET /system/outbox': 'contacts',
  'GET /erasures': 'contacts',
  'GET /erasures/people': 'contacts',
  'GET /room/fallback-sheet': 'room',
  'GET /duty/form-01': 'room',
  'GET /duty/report': 'room',
  'GET /desk/snapshot': 'desk',
  'GET /log': 'log',
  'GET /users': 'users',
  'GET /users/:id': 'users',
  'GET /users/:id/ways': 'users',
};

/** null: nothing about people that is not the reader's own. */
export function personalReadOf(route: Pick<Route, 'method' | 'url'>): PersonalRead | null {
  return READS[`${route.method} ${route.url}`] ?? null;
}

/** `METHOD url` of each; the matrix test asks that they exist. */
export const recordedRoutes = (): readonly string[] => Object.keys(READS);
