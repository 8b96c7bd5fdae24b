import type { IncidentState, OrganisationCode } from '@keng/model';
import { describe, expect, it } from 'vitest';
import type { Queued } from './incident-book.ts';
import { silentDesks } from './silent-desks.ts';

const code = (text: string): OrganisationCode => text as OrganisationCode;
const HANOI = code('VN-PC07-01');
const HUE = code('VN-PC07-46');
const SAIGON = code('VN-PC07-79');

// Only what is counted.
const alarm = (province: OrganisationCode, accepted = false): Queued =>
  ({ incident: { province, station: null, desk: accepted ? {} : null } as IncidentState }) as Queued;

const book = (silent: readonly (readonly [OrganisationCode, string])[], open: readonly Queued[]) => ({
  silent: new Map(silent.map(([desk, since]) => [desk, { organisation: desk, since, toldAt: since }])),
  list: () => open,
});

describe('desks that do not answer', () => {
  it('come with the alarms that nobody accepted; those for whom most wait first, then the longest silent', () => {
    const found = silentDesks(
      book(
        [
          [HANOI, '2026-03-01T03:00:00.000Z'],
          [HUE, '2026-03-01T01:00:00.000Z'],
          [SAIGON, '2026-03-01T02:00:00.000Z'],
        ],
        [alarm(HANOI), alarm(HANOI), alarm(HANOI, true), alarm(SAIGON, true)],
      ),
    );
    expect(found.map(({ organisation, waiting }) => [organisation, waiting])).toEqual([
      [HANOI, 2],
      [HUE, 0],
      [SAIGON, 0],
    ]);
  });

  it('alarms of desks that answer are not theirs', () => {
    expect(silentDesks(book([[HUE, '2026-03-01T01:00:00.000Z']], [alarm(HANOI)]))).toMatchObject([
      { waiting: 0 },
    ]);
  });

  it('of a station those count that it has not accepted, whatever the province does', () => {
    const team = code('VN-ST-01-01');
    const own = {
      province: HANOI,
      station: team,
      desk: {},
      stationAccepted: null,
    } as unknown as IncidentState;
    const found = silentDesks(
      book([[team, '2026-03-01T01:00:00.000Z']], [{ incident: own } as Queued, alarm(HANOI)]),
    );
    expect(found).toMatchObject([{ organisation: team, waiting: 1 }]);
  });
});
