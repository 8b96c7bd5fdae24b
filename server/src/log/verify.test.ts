import { LIVE } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { openClient } from '../platform/index.ts';
import { verifyLog } from './index.ts';
import { useLog } from './log.fixture.ts';

const log = useLog();

describe('verification', () => {
  const asOwner = async (sql: string): Promise<void> => {
    const client = await openClient(log.database.address, 'administrator', 'tamper');
    // Whoever owns the server switches the guard off first; the chain is what tells.
    await client.query('set session_replication_role = replica');
    await client.query(sql);
    await client.end();
  };
  const verify = () => verifyLog({ pool: log.database.pool('keng_auditor'), world: LIVE });

  it.each([
    [
      'an edited body',
      `update entry set body = '{"forged":true}' where subject = (select min(subject) from entry)`,
      'entry-changed',
    ],
    [
      'an edited time',
      `update entry set at = at + interval '1 second' where subject = (select min(subject) from entry)`,
      'entry-changed',
    ],
    ['a deleted entry', 'delete from entry where id = (select min(id) from entry)', 'entry-missing'],
    ['a deleted position', 'delete from log_order where position = 2', 'position-missing'],
    [
      'two entries swapped',
      `update log_order set entry_id = -entry_id where position in (2, 3);
       update log_order set entry_id = (select -entry_id from log_order o where o.position = 5 - log_order.position) where position in (2, 3)`,
      'seal-broken',
    ],
    [
      'a tail cut off',
      'delete from seal where last_position = (select max(last_position) from seal)',
      'tail-cut',
    ],
  ])('finds %s', async (_what, sql, code) => {
    await log.append(1, 2);
    await log.numbered(2);
    await log.append(3, 4);
    await log.numbered(4);
    expect((await verify()).faults).toEqual([]);
    await log.sequencer.stop();
    await asOwner(sql);
    expect((await verify()).faults.map((fault) => fault.code)).toContain(code);
  });

  it('finds a chain rewritten as a whole by a checkpoint noted elsewhere', async () => {
    await log.append(1, 2);
    await log.numbered(2);
    const checkpoint = { position: 2, hash: 'ab'.repeat(32) };
    const check = await verifyLog({ pool: log.database.pool('keng_auditor'), world: LIVE, checkpoint });
    expect(check.faults.map((fault) => fault.code)).toEqual(['seal-broken']);
  });

  it('still verifies after personal data were erased', async () => {
    await log.append(1, 2);
    await log.numbered(2);
    await asOwner('update entry set body = null, salt = null where id = 1');
    expect(await verify()).toMatchObject({ erased: 1, faults: [] });
  });
});
