import { BEFORE_EVERY_ID, type World } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';

/** A contact who was called in several alarms in a row and answered none, or whose e-mail address gives mail back. */
export interface SilentContact {
  readonly contact: string;
  readonly name: string;
  readonly facility: string;
  readonly facilityName: string;
  readonly organisation: string;
  readonly areaCode: string;
  readonly inARow: number;
  readonly lastAnsweredAt: string | null;
  readonly lastUnansweredAt: string | null;
  /** Since when they are on the list. */
  readonly reportedAt: string;
  /** Mail came back from the address that they have in the register. */
  readonly email: { readonly at: string; readonly status: string | null; readonly text: string } | null;
}

interface Row extends Omit<SilentContact, 'reportedAt'> {
  readonly reportedAt: Date;
}

/** The longest since reported last: at most `limit`, after a cursor. Who is not in the register any more is not listed. */
export async function silentContacts(
  client: PoolClient,
  world: World,
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<SilentContact[]> {
  const { rows } = await client.query<Row>({
    name: 'contacts-silent',
    text: `select r.contact, r.state->>'name' as name, r.facility, f.name as "facilityName", f.organisation,
        f.area_code as "areaCode", r.unanswered as "inARow", r.state->>'lastAnsweredAt' as "lastAnsweredAt",
        r.state->>'lastUnansweredAt' as "lastUnansweredAt", r.reported_at as "reportedAt",
        case when mail.returned then (r.state->'emailReturned') - 'mark' end as email
      from contact_record r join facility f on f.world = r.world and f.id = r.facility
        -- Who is not in the register any more has no line here.
        join lateral (select r.state#>>'{emailReturned,mark}' =
            left(encode(sha256(convert_to(lower(one->>'email'), 'UTF8')), 'hex'), 32) as returned
          from jsonb_array_elements(f.state->'contacts') one where one->>'id' = r.contact::text) mail on true
      where r.world = $1 and r.reported_at is not null and f.removed_at is null
        and (mail.returned or r.state->>'reportedAt' is not null)
        and (r.reported_at, r.contact) < ($2::timestamptz, $3::uuid)
      order by r.reported_at desc, r.contact desc limit $4`,
    values: [world, after?.at ?? 'infinity', after?.id ?? BEFORE_EVERY_ID, limit],
  });
  return rows.map((row) => ({ ...row, reportedAt: row.reportedAt.toISOString() }));
}
