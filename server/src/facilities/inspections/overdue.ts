import { BEFORE_EVERY_ID, type FacilityId, invalid, type World } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import { daysOverdue } from './duty-rules.ts';

export const OVERDUE_KINDS = ['self-inspection', 'inspection', 'finding'] as const;
export type OverdueKind = (typeof OVERDUE_KINDS)[number];

export interface OverdueQuery {
  readonly kind: OverdueKind;
  /** What was due before this day. */
  readonly today: string;
  readonly area?: string | undefined;
  readonly organisation?: string | undefined;
  readonly category?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface OverdueItem {
  /** Of the facility, or of the finding. */
  readonly id: string;
  readonly facilityId: FacilityId;
  readonly facilityName: string;
  readonly areaCode: string;
  readonly organisation: string;
  readonly category: string;
  readonly dueOn: string;
  readonly daysOverdue: number;
  readonly finding: string | null;
  readonly article: string | null;
}

export interface OverduePage {
  readonly items: readonly OverdueItem[];
  readonly next: string | null;
}

/** Each kind walks its own index in the order of the days; what is longest overdue comes first. */
const FROM: Readonly<Record<OverdueKind, string>> = {
  'self-inspection': `select s.id, s.id as facility, s.self_inspection_due_on as due, null::text as finding, null::text as article,
      s.name, s.area_code, s.organisation, s.category
    from facility_search s where s.world = $1 and s.self_inspection_due_on < $2
      and (s.self_inspection_due_on, s.id) > ($6::date, $7::uuid)`,
  inspection: `select s.id, s.id as facility, s.inspection_due_on as due, null::text as finding, null::text as article,
      s.name, s.area_code, s.organisation, s.category
    from facility_search s where s.world = $1 and s.inspection_due_on < $2
      and (s.inspection_due_on, s.id) > ($6::date, $7::uuid)`,
  finding: `select o.id, o.facility, o.deadline as due, found.finding->>'text' as finding, found.finding->>'article' as article,
      s.name, s.area_code, s.organisation, s.category
    from open_finding o
    join facility_search s on s.world = o.world and s.id = o.facility
    join inspection i on i.world = o.world and i.id = o.inspection
    cross join lateral (
      select finding from jsonb_array_elements(i.state->'findings') as finding where finding->>'id' = o.id::text
    ) found
    where o.world = $1 and o.deadline < $2 and (o.deadline, o.id) > ($6::date, $7::uuid)`,
};

const ORDER: Readonly<Record<OverdueKind, string>> = {
  'self-inspection': 's.self_inspection_due_on, s.id',
  inspection: 's.inspection_due_on, s.id',
  finding: 'o.deadline, o.id',
};

interface Row {
  readonly id: string;
  readonly facility: FacilityId;
  readonly due: string;
  readonly finding: string | null;
  readonly article: string | null;
  readonly name: string;
  readonly area_code: string;
  readonly organisation: string;
  readonly category: string;
}

/** What is overdue in what the session may see, a page at a time. */
export async function overdue(client: PoolClient, world: World, query: OverdueQuery): Promise<OverduePage> {
  const [dueOn, id] = query.cursor === undefined ? ['-infinity', BEFORE_EVERY_ID] : readCursor(query.cursor);
  const { rows } = await client.query<Row>({
    name: `overdue-${query.kind}`,
    text: `select *, due::text as due from (${FROM[query.kind]}
        and ($3::text is null or s.area_code = $3) and ($4::text is null or s.organisation = $4)
        and ($5::text is null or s.category = $5)
      order by ${ORDER[query.kind]} limit $8) as page`,
    values: [
      world,
      query.today,
      query.area ?? null,
      query.organisation ?? null,
      query.category ?? null,
      dueOn,
      id,
      query.limit + 1,
    ],
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      id: row.id,
      facilityId: row.facility,
      facilityName: row.name,
      areaCode: row.area_code,
      organisation: row.organisation,
      category: row.category,
      dueOn: row.due,
      daysOverdue: daysOverdue(row.due, query.today),
      finding: row.finding,
      article: row.article,
    })),
    next: last === undefined ? null : `${last.due}_${last.id}`,
  };
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): readonly [string, string] {
  const [, due, id] = CURSOR.exec(cursor) ?? [];
  if (due === undefined || id === undefined || Number.isNaN(Date.parse(due))) {
    throw invalid('cursor.invalid', 'Use the cursor of the page before, or none.', 'cursor');
  }
  return [due, id];
}
