import { type ContactId, newId, type OwnerAnswer, type Problem } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { close } from './close.ts';
import { acceptAtDesk } from './desk-actions.ts';
import { after, byPerson, isoAfter, opened, PROVINCE, person } from './incident.fixture.ts';
import { type Progress, unchanged } from './progress.ts';
import { answerOwner } from './verify.ts';

const CONTACTS = { a: newId<ContactId>(), b: newId<ContactId>() };
type Who = keyof typeof CONTACTS;

function say(progress: Progress, who: Who, answer: OwnerAnswer, seconds = 10): Progress {
  const body = { contactId: CONTACTS[who], name: `Synthetic ${who}`, answer, channel: 'page' } as const;
  return answerOwner(progress, body, { actor: { kind: 'contact', id: CONTACTS[who] }, at: after(seconds) });
}

const kinds = (progress: Progress): string[] => progress.drafts.map((draft) => draft.kind);

describe('what the owner says', () => {
  const CASES: readonly [string, readonly [Who, OwnerAnswer][], string, 'none' | 'proposed'][] = [
    ['real', [['a', 'real']], 'real', 'proposed'],
    ['false', [['a', 'false']], 'false', 'none'],
    ['checking', [['a', 'checking']], 'checking', 'none'],
    [
      'checking, then real',
      [
        ['a', 'checking'],
        ['a', 'real'],
      ],
      'real',
      'proposed',
    ],
    [
      'checking, then false',
      [
        ['a', 'checking'],
        ['a', 'false'],
      ],
      'false',
      'none',
    ],
    [
      'false and real of two people contradict and count as fire',
      [
        ['a', 'false'],
        ['b', 'real'],
      ],
      'contradictory',
      'proposed',
    ],
    [
      'real and false of two people contradict',
      [
        ['a', 'real'],
        ['b', 'false'],
      ],
      'contradictory',
      'proposed',
    ],
    [
      'nobody takes back a real',
      [
        ['a', 'real'],
        ['a', 'false'],
      ],
      'contradictory',
      'proposed',
    ],
    [
      'two false',
      [
        ['a', 'false'],
        ['b', 'false'],
      ],
      'false',
      'none',
    ],
    [
      'false while another checks',
      [
        ['a', 'false'],
        ['b', 'checking'],
      ],
      'checking',
      'none',
    ],
  ];
  it.each(CASES)('%s', (_, answers, combined, dispatch) => {
    const { state } = answers.reduce((sofar, [who, answer]) => say(sofar, who, answer), unchanged(opened()));
    expect(state.owner.answer).toBe(combined);
    expect(state.dispatch.status).toBe(dispatch);
    expect(state.confidence).toBe(dispatch === 'proposed' ? 'confirmed' : 'single');
  });

  it("false changes nothing but the answer and the owner's clock", () => {
    const before = opened();
    const { state, drafts } = say(unchanged(before), 'a', 'false');
    expect(drafts).toHaveLength(1);
    expect({
      ...state,
      owner: before.owner,
      clocks: before.clocks,
      changedAt: before.changedAt,
      entries: 1,
    }).toEqual(before);
    expect(state.clocks.desk).toEqual(before.clocks.desk);
    expect(state.clocks.station).toEqual(before.clocks.station);
  });

  it('false recalls no dispatch that was proposed', () => {
    const proposed = say(unchanged(opened()), 'a', 'real');
    expect(say(proposed, 'b', 'false').state.dispatch).toMatchObject({ status: 'proposed' });
  });

  it('checking does not stop the clock: silence after it is silence', () => {
    expect(say(unchanged(opened()), 'a', 'checking').state.clocks.owner.stoppedAt).toBeNull();
    expect(say(unchanged(opened()), 'a', 'false').state.clocks.owner.stoppedAt).toBe(isoAfter(10));
  });

  it('the same key twice is one answer', () => {
    const once = say(unchanged(opened()), 'a', 'real');
    expect(say(once, 'a', 'real')).toBe(once);
  });

  it('somebody who goes to and fro is stopped', () => {
    const flips = Array.from({ length: 50 }, (_, index): OwnerAnswer => (index % 2 ? 'false' : 'checking'));
    const many = flips.reduce((sofar, answer) => say(sofar, 'a', answer), unchanged(opened()));
    expect(() => say(many, 'a', 'checking')).toThrow(
      expect.objectContaining({ code: 'owner.too-many-answers' }),
    );
    // A fire is heard all the same.
    expect(say(many, 'a', 'real').state.confirmations).toEqual(['owner-real']);
  });
});

describe('after the desk has closed', () => {
  const officer = person('Synthetic dispatcher');
  const closed = (): Progress => {
    const { state } = acceptAtDesk(
      opened(),
      { person: officer, organisation: PROVINCE },
      byPerson(officer, after(5)),
    );
    const closing = { outcome: 'false', cause: 'cooking', note: null } as const;
    return unchanged(close(state, closing, officer, byPerson(officer, after(9))).state);
  };

  it('real rings again, with a new clock for the desk, confirmed and with the dispatch ready', () => {
    const again = say(closed(), 'a', 'real', 100);
    expect(kinds(again)).toEqual([
      'incident.reopened',
      'incident.owner-answered',
      'incident.confirmed',
      'incident.dispatch-proposed',
    ]);
    expect(again.state).toMatchObject({ status: 'open', outcome: null, desk: null, claimedBy: null });
    expect(again.state.clocks.desk).toMatchObject({ dueAt: isoAfter(130), stoppedAt: null, passedAt: null });
  });

  it.each<OwnerAnswer>(['false', 'checking'])('%s is refused with the way to go', (answer) => {
    expect(() => say(closed(), 'a', answer)).toThrow(
      expect.objectContaining<Partial<Problem>>({ code: 'incident.closed', status: 409 }),
    );
  });
});
