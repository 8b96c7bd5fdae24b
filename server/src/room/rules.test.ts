import { LIVE, newId, type OrganisationCode, type PersonRef, type ShiftId, type UserId } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { acceptHandover, changeCrew, endShift, type ShiftAct, signShift, startShift } from './rules.ts';

const person = (name: string): PersonRef => ({ id: newId<UserId>(), name });
const leader = person('Synthetic leader');
const other = person('Synthetic other');
const act: ShiftAct = {
  world: LIVE,
  actor: { kind: 'user', id: leader.id, name: leader.name },
  at: new Date('2026-03-01T00:30:00.000Z'),
};
const started = (officers: readonly { id: UserId | null; name: string }[] = []) =>
  startShift(
    {
      id: newId<ShiftId>(),
      organisation: 'P1' as OrganisationCode,
      level: 'province',
      leader,
      officers,
      rule: { officers: 2, source: 'tt37-2025', official: false },
      follows: null,
    },
    act,
  ).state;

describe('a shift', () => {
  it('counts nobody twice, and not the leader beside himself', () => {
    const state = started([
      leader,
      other,
      other,
      { id: null, name: other.name },
      { id: null, name: 'By name' },
    ]);
    expect(state.officers.map((one) => one.name)).toEqual([other.name, 'By name']);
    expect(changeCrew(state, [leader], other, act).state.officers).toEqual([]);
  });

  it('is signed by its own leader alone, and only when another has taken over', () => {
    const state = started();
    const signature = { notAccepted: { incident: 1, works: 0, link: 2 }, note: null };
    expect(() => signShift(state, signature, leader, act)).toThrow(/next shift/);
    const over = endShift(state, newId<ShiftId>(), other, act).state;
    expect(() => signShift(over, signature, other, act)).toThrow(/Synthetic leader/);
    const signed = signShift(over, signature, leader, act);
    expect(signed.state.signed).toMatchObject({ by: leader, notAccepted: { incident: 1, link: 2 } });
    expect(signShift(signed.state, signature, leader, act).drafts).toEqual([]);
  });

  it('accepts thousands in entries of bounded size, and nothing when it is over', () => {
    const items = Array.from({ length: 1_200 }, () => ({
      kind: 'link' as const,
      id: newId<ShiftId>(),
      label: 'x'.repeat(900),
    }));
    const accepted = acceptHandover(started(), items, 'list', leader, act);
    expect(accepted.drafts).toHaveLength(3);
    expect(accepted.state.accepted).toEqual({ incident: 0, works: 0, link: 1_200 });
    const over = endShift(started(), null, leader, act).state;
    expect(() => acceptHandover(over, items, 'list', leader, act)).toThrow(/ended/);
  });
});
