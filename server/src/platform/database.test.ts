import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { checkDurability, openClient, openPool } from './database.ts';
import { connectionTarget, databaseRoles, describeAddress, externalAddress } from './database-address.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each(databaseRoles)(
  '%s logs in as itself, without the power to pass by row-level security',
  async (role) => {
    const { rows } = await database
      .pool(role)
      .query(
        'select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
      );
    expect(rows).toEqual([{ name: role, rolsuper: false, rolbypassrls: false }]);
  },
);

test('an int8 is a number, an array of them numbers, a date a text, a time a Date in UTC', async () => {
  const { rows } = await database.pool('keng_core').query(
    `select 9007199254740991::int8 as big, array[1, null, 3]::int8[] as list, date '2026-01-15' as day,
            timestamptz '2026-01-15 07:00+07' as time`,
  );
  expect(rows).toEqual([
    {
      big: Number.MAX_SAFE_INTEGER,
      list: [1, null, 3],
      day: '2026-01-15',
      time: new Date('2026-01-15T00:00:00Z'),
    },
  ]);
});

test('an int8 that a number cannot hold is a failure, not a rounded number', async () => {
  const reading = database.pool('keng_core').query('select 9007199254740993::int8 as big');
  await expect(reading).rejects.toMatchObject({ code: 'integer-out-of-range' });
});

test('a role for which synchronous_commit is off is refused, though the server is durable', async () => {
  await checkDurability(database.pool('keng_sender'));
  await asAdministrator(
    database.address,
    `alter role keng_sender in database ${database.name} set synchronous_commit = off`,
  );
  const pool = openPool({ address: database.address, role: 'keng_sender', applicationName: 'test' });
  await expect(checkDurability(pool)).rejects.toMatchObject({ code: 'database-not-durable' });
  await pool.end();
});

test.each(['remote_write', 'remote_apply', 'local'])(
  'synchronous_commit = %s without named standbys is accepted',
  async (value) => {
    await asAdministrator(
      database.address,
      `alter role keng_web in database ${database.name} set synchronous_commit = ${value}`,
    );
    const pool = openPool({ address: database.address, role: 'keng_web', applicationName: 'test' });
    await checkDurability(pool);
    await pool.end();
  },
);

test('an outside address gives each role its own password, else that of the URL, and prints neither', () => {
  const address = externalAddress('postgresql://boss:p%40ss@db.example:5432/keng?sslmode=verify-full', {
    keng_web: 'w:/b',
  });
  expect(connectionTarget(address, 'keng_core')).toEqual({
    connectionString: 'postgresql://keng_core:p%40ss@db.example:5432/keng?sslmode=verify-full',
  });
  expect(connectionTarget(address, 'keng_web')).toEqual({
    connectionString: 'postgresql://keng_web:w%3A%2Fb@db.example:5432/keng?sslmode=verify-full',
  });
  expect(describeAddress(address)).toBe('keng at db.example:5432');
});

test('a role of Keng in the URL enters with the password of its own, as administrator, too', () => {
  const passwords = { keng_owner: 'o:/p' };
  const url = (user: string) => `postgresql://${user}@db-a.example:5432/keng`;
  const asAdministrator = (user: string) =>
    connectionTarget(externalAddress(url(user), passwords), 'administrator').connectionString;
  expect(asAdministrator('keng_owner')).toBe(url('keng_owner:o%3A%2Fp'));
  expect(asAdministrator('keng_owner:given')).toBe(url('keng_owner:given'));
  expect(asAdministrator('boss')).toBe(url('boss'));
});

test('a connection that cannot be made leaves no socket open, which would keep a command alive', async () => {
  // AuthenticationSASL with a mechanism that nobody knows.
  const unknownMechanism = Buffer.from([0x52, 0, 0, 0, 11, 0, 0, 0, 10, 0x58, 0, 0]);
  const server = net.createServer((socket) => socket.once('data', () => socket.write(unknownMechanism)));
  const closed = new Promise((resolve) =>
    server.once('connection', (socket) => socket.once('close', resolve)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const address = externalAddress(`postgresql://boss@127.0.0.1:${port}/keng`);
  await expect(openClient(address, 'administrator', 'test')).rejects.toThrow('SASL');
  await closed;
  server.close();
});

test.each(['nonsense', 'mysql://a@b/c', 'postgresql://a@b', 'postgresql://b/keng'])(
  '%s is no database URL',
  (url) => {
    expect(() => externalAddress(url)).toThrow(expect.objectContaining({ code: 'database-url-invalid' }));
  },
);
