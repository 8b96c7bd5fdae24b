import type { Level, OrganisationCode, ShiftState, SoundProof, UserId, World } from '@keng/model';
import type { PoolClient } from 'pg';

/** What one browser says of itself. */
export interface ScreenReport {
  readonly screen: string;
  readonly sound: SoundProof;
  readonly visible: boolean;
}

export interface ScreenFacts extends ScreenReport {
  readonly organisation: OrganisationCode;
  readonly userName: string;
  readonly seenAt: Date;
}

export interface WatchedDesk {
  readonly organisation: OrganisationCode;
  readonly level: Level;
  readonly areaCode: string;
}

/** A screen that said nothing for so long is switched off, and not asleep: whoever comes next says it anew. */
const FORGOTTEN_SECONDS = 12 * 3_600;

export async function noteScreen(
  client: PoolClient,
  world: World,
  by: { readonly organisation: OrganisationCode; readonly id: UserId; readonly name: string },
  { screen, sound, visible }: ScreenReport,
  now: Date,
): Promise<void> {
  await client.query({
    name: 'room-note-screen',
    text: `insert into desk_screen (world, organisation, screen, user_id, user_name, seen_at, sound, visible)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (world, organisation, screen) do update set user_id = excluded.user_id, user_name = excluded.user_name,
        seen_at = greatest(desk_screen.seen_at, excluded.seen_at), sound = excluded.sound, visible = excluded.visible`,
    values: [world, by.organisation, screen, by.id, by.name, now.toISOString(), sound, visible],
  });
}

/** The page was closed: it does not sleep, it is gone. */
export async function forgetScreen(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
  screen: string,
): Promise<void> {
  await client.query('delete from desk_screen where world = $1 and organisation = $2 and screen = $3', [
    world,
    organisation,
    screen,
  ]);
}

/** All screens that have said something today. */
export async function knownScreens(client: PoolClient, world: World, now: Date): Promise<ScreenFacts[]> {
  await client.query('delete from desk_screen where world = $1 and seen_at < $2', [
    world,
    new Date(now.getTime() - FORGOTTEN_SECONDS * 1000).toISOString(),
  ]);
  const { rows } = await client.query<ScreenFacts>({
    name: 'room-screens',
    text: `select organisation, screen, user_name as "userName", seen_at as "seenAt", sound, visible from desk_screen
      where world = $1 order by organisation, seen_at desc limit 20000`,
    values: [world],
  });
  return rows;
}

/**
 * Desks that somebody is meant to sit at: the national one, every province, and each station where an account could. A station
 * that has no account yet does not work with this program.
 */
export async function watchedDesks(client: PoolClient, world: World): Promise<WatchedDesk[]> {
  const { rows } = await client.query<WatchedDesk>({
    name: 'room-watched-desks',
    text: `select o.code as organisation, o.level, coalesce(o.area_code, '') as "areaCode" from organisation o
      where o.world = $1 and (o.level <> 'station' or exists (select from app_user u
        where u.world = o.world and u.organisation = o.code and u.active and u.state->'roles' ? 'station-officer'))
      order by o.code`,
    values: [world],
  });
  return rows;
}

export async function shiftsOn(client: PoolClient, world: World): Promise<Map<OrganisationCode, ShiftState>> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'room-shifts-on',
    text: 'select state from shift where world = $1 and ended_at is null',
    values: [world],
  });
  return new Map(rows.map(({ state }) => [state.organisation, state]));
}
