import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { vietNam } from '@keng/country-vn';
import { type FacilityId, LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AreaBook } from '../areas/index.ts';
import { numberTheRest, readAfter } from '../log/index.ts';
import { createUsers, ownersFollow } from '../people/index.ts';
import { code, PASSWORD, type PeopleTest, startPeople, type TestClient } from '../people/people.fixture.ts';
import { scopedTransaction } from '../platform/http/request-context.ts';
import { type PoolClient, transaction } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { asAdministrator } from '../testing/index.ts';
import { COLUMNS } from './import/columns.ts';
import { exportCsv, exportXlsx, templateXlsx } from './import/export-facilities.ts';
import { openZip } from './import/open-zip.ts';
import { readXlsx } from './import/read-xlsx.ts';
import { XLSX } from './import/routes.ts';
import { writeXlsx } from './import/write-xlsx.ts';
import { loadTransmitters } from './receiver-store.ts';
import { facilityRoutes } from './routes.ts';
import { FacilityService } from './service.ts';
import { goodInput, kek } from './test-register.ts';
import { Workshop } from './workshop/workshop.ts';

let people: PeopleTest;
let admin: TestClient;
let inspector: TestClient;

beforeAll(async () => {
  const service = new FacilityService({
    country: vietNam,
    areas: new AreaBook(vietNam),
    kek,
    wallClock: () => people.clock.now(LIVE),
  });
  people = await startPeople({ routes: facilityRoutes({ service, healthOf: async () => [] }) });
  await transaction(people.database.pool('keng_core'), (client) =>
    createUsers(
      client,
      [
        {
          login: 'inspector-1',
          name: 'Inspector (synthetic)',
          roles: ['inspector'],
          organisation: code('P1'),
          language: 'vi',
          password: PASSWORD,
          synthetic: true,
        },
      ],
      { world: LIVE, now: people.clock.now(LIVE), actor: { kind: 'system', id: 'test' } },
    ),
  );
  admin = await people.loggedIn('root');
  inspector = await people.loggedIn('inspector-1');
});
afterAll(async () => {
  await people.end();
});

let heardAt: Promise<string> | undefined;
/** Where the server of these tests hears, from the first that asks on. */
const listening = (): Promise<string> => (heardAt ??= people.http.listen());

let accounts = 0;
async function register(change: Parameters<typeof goodInput>[0] = {}): Promise<string> {
  accounts += 1;
  const number = accounts;
  const input = goodInput({ organisation: code('S1'), ...change });
  const answer = await admin.ask('POST', '/facilities', {
    body: { ...input, transmitters: input.transmitters.map((one) => ({ ...one, account: `E${number}00` })) },
  });
  expect(answer).toMatchObject({ status: 200 });
  return String(answer.body.id);
}

const contacts = (...telephones: string[]) =>
  telephones.map((telephone, index) => ({
    order: index + 1,
    name: `Người trực ${index + 1}`,
    role: '',
    telephone,
    email: null,
    language: 'vi' as const,
  }));

describe('the register as tables', () => {
  const download = async (url: string) => {
    const response = await people.http.app.inject({
      method: 'GET',
      url: `/api${url}`,
      headers: { cookie: `keng_session=${admin.cookie}` },
    });
    return { type: String(response.headers['content-type']), content: response.rawPayload };
  };
  const upload = (file: Uint8Array, mode: string, type: string, path: string) =>
    admin.ask('POST', `${path}?mode=${mode}&file=x`, {
      body: Buffer.from(file),
      headers: { 'content-type': type },
    });
  const xlsx = (file: Uint8Array, mode: string) => upload(file, mode, XLSX, '/facilities/import-xlsx');

  it('the template as XLSX is taken as it is, and nothing of it when it is only looked at', async () => {
    const { type, content } = await download('/facilities/template.xlsx');
    expect(type).toBe(XLSX);
    // The station is the desk of the province where none is named; this centre calls it otherwise.
    const rows = await edited(content, (cells) => ({ ...cells, organisation: 'P1' }));
    expect(await xlsx(rows, 'check')).toMatchObject({ status: 200, body: { taken: 1, problems: [] } });
    expect(await xlsx(rows, 'all-or-nothing')).toMatchObject({ body: { taken: 1, registered: 1 } });
  });

  it('a wrong cell is told by row and column, and all-or-nothing takes nothing', async () => {
    const { content } = await download('/facilities/template.xlsx');
    const rows = await edited(content, (cells) => ({
      ...cells,
      reference: 'N-1',
      organisation: 'P1',
      category: 'castle',
      transmitter1_account: 'F001',
    }));
    const answer = await xlsx(rows, 'all-or-nothing');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        taken: 0,
        refused: 1,
        problems: [{ row: 2, column: 'category', code: 'facility.category-unknown' }],
      },
    });
    const { body } = await admin.ask('GET', '/facilities?search=N-1');
    expect(body.facilities).toEqual([]);
  });

  it('a file that is no table is refused as a whole', async () => {
    expect(await xlsx(Buffer.from('hello'), 'take-good')).toMatchObject({
      status: 422,
      body: { code: 'import.xlsx-broken' },
    });
  });

  it('what is exported as XLSX or CSV is imported again and says nothing new', async () => {
    await register({
      synthetic: false,
      reference: 'R-1',
      name: '=HYPERLINK("http://x")',
      hazards: ['gas'],
      contacts: contacts('+84911111111', '+84911111112', '+84911111113'),
    });
    const sheet = await download('/facilities/export.xlsx');
    expect(await xlsx(sheet.content, 'take-good')).toMatchObject({
      body: { changed: 0, registered: 0, problems: [] },
    });
    expect(
      openZip(sheet.content, () => true)
        .get('xl/worksheets/sheet1.xml')
        ?.toString(),
    ).not.toContain('<f');
    const csv = await download('/facilities/export.csv');
    expect(csv.content.toString()).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv.content.toString()).toContain("'+84911111111");
    expect(await upload(csv.content, 'take-good', 'text/csv', '/facilities/import')).toMatchObject({
      body: { changed: 0, registered: 0, problems: [] },
    });
    const { body } = await admin.ask('GET', '/facilities?search=hyperlink');
    expect(body.facilities).toMatchObject([{ name: '=HYPERLINK("http://x")' }]);
  });

  describe('of many facilities', () => {
    const MANY = 2_600;
    const FEW = 600;
    let transactions = 0;
    /** As a request has it, and counted. */
    const counted = <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
      transactions += 1;
      return scopedTransaction(
        people.database.pool('keng_web'),
        { organisations: '*', facilities: [] },
        work,
      );
    };

    beforeAll(async () => {
      await register({
        name: 'Kho mẫu nhiều',
        category: 'warehouse',
        address: 'Đường kho',
        position: null,
        contacts: contacts('+84977777771', '+84977777772', '+84977777773'),
      });
      await register({
        name: 'Chợ mẫu lớn',
        category: 'market',
        address: 'Đường chợ',
        position: null,
        contacts: contacts('+84988888881', '+84988888882', '+84988888883'),
      });
      await asAdministrator(
        people.database.address,
        `create temporary table copied as select f.*, gen_random_uuid() as copy, n from facility f, generate_series(2, ${MANY}) n
           where f.name = 'Kho mẫu nhiều' or f.name = 'Chợ mẫu lớn' and n <= ${FEW};
         insert into facility (world, id, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at, state)
           select world, copy, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at,
             jsonb_set(state, '{onSiteForce,description}', to_jsonb(repeat('x', case category when 'warehouse' then 8000 else 1 end))) from copied;
         insert into facility_search (world, id, organisation, category, area_code, name, sort_name, search_text)
           select world, copy, c.organisation, c.category, c.area_code, c.name, s.sort_name || n, s.search_text
           from copied c join facility_search s using (world, id)`,
      );
    });
    afterAll(async () => {
      for (const table of ['facility_search', 'facility'])
        await asAdministrator(
          people.database.address,
          `delete from ${table} where name in ('Kho mẫu nhiều', 'Chợ mẫu lớn') and id not in (select subject::uuid from entry where kind = 'facility.registered')`,
        );
    });

    it('CSV comes in pieces, whole', async () => {
      const lines = (await download('/facilities/export.csv?category=warehouse')).content
        .toString()
        .split('\r\n');
      expect(lines.filter((line) => line.includes('Kho mẫu nhiều'))).toHaveLength(MANY);
    });

    it('nothing more is read for whoever stops taking it', async () => {
      transactions = 0;
      const file = exportCsv(counted, LIVE, { category: 'warehouse' });
      const pieces = file[Symbol.asyncIterator]();
      await pieces.next();
      await pieces.next();
      // A page is in hand, and one may wait behind it; four more are not asked for.
      const before = transactions;
      expect(before).toBeLessThan(4);
      file.destroy();
      await expect(pieces.next()).rejects.toThrow();
      expect(transactions).toBe(before);
    });

    it('whoever leaves in the middle of a download ends the reading', async () => {
      const pool = people.database.pool('keng_web');
      const address = await listening();
      let taken = 0;
      pool.on('acquire', () => {
        taken += 1;
      });
      const leaving = new AbortController();
      const response = await fetch(`http://${address}/api/facilities/export.csv?category=warehouse`, {
        headers: { cookie: `keng_session=${admin.cookie}` },
        signal: leaving.signal,
      });
      expect(response.status).toBe(200);
      await response.body?.getReader().read();
      leaving.abort();
      await admin.ask('GET', '/session');
      // Each page is a megabyte or two: what nobody takes fills the lines, and six are never read. Two are the log-in's.
      expect(taken).toBeLessThan(Math.ceil(MANY / 500));
    });

    it('XLSX is read by the workshop page by page, and what comes in between is told', async () => {
      const workshop = new Workshop();
      const signal = new AbortController();
      const file = await exportXlsx(workshop, counted, LIVE, { category: 'market' }, signal.signal);
      const sheet =
        openZip(file, () => true)
          .get('xl/worksheets/sheet1.xml')
          ?.toString() ?? '';
      expect(sheet.split('<row').length - 2).toBe(FEW);
      // The database goes away after the first page.
      let pages = 0;
      const failing: typeof counted = (work) =>
        ++pages > 1 ? Promise.reject(new Error('the database is away')) : counted(work);
      await expect(
        exportXlsx(workshop, failing, LIVE, { category: 'market' }, signal.signal),
      ).rejects.toThrow('the database is away');
      // Whoever asked has left: the process is killed, and the workshop is free for the next.
      const left = exportXlsx(
        workshop,
        (work) => {
          signal.abort();
          return counted(work);
        },
        LIVE,
        { category: 'market' },
        signal.signal,
      );
      await expect(left).rejects.toMatchObject({ name: 'AbortError' });
      await expect(templateXlsx(workshop)).resolves.toBeInstanceOf(Buffer);
    });
  });

  async function edited(
    content: Uint8Array,
    change: (cells: Record<string, string>) => Record<string, string>,
  ): Promise<Uint8Array> {
    const read = await readXlsx(content);
    const lines = Buffer.from(read.content).toString().split('\n');
    const [header = [], example = []] = lines.map((line) => JSON.parse(line) as string[]);
    const cells = change(Object.fromEntries(header.map((name, index) => [name, example[index] ?? ''])));
    const row = header.map((name) => cells[name] ?? '');
    return (await writeXlsx(Buffer.from([header, row].map((one) => JSON.stringify(one)).join('\n')))).content;
  }
});

interface Proposal {
  readonly points: number;
  readonly reasons: readonly { readonly code: string }[];
  readonly facilities: readonly { readonly id: string }[];
}

describe('duplicates', () => {
  const pairs = async (client: TestClient, url: string): Promise<string[][]> => {
    const { body } = await client.ask('GET', url);
    return (body.proposals as Proposal[]).map((one) => one.facilities.map((facility) => facility.id).sort());
  };
  let kept: string;
  let duplicate: string;

  it('are proposed with their reasons to whoever reviews the area', async () => {
    kept = await register({
      name: 'Nhà máy Sao Mai',
      contacts: contacts('+84922222221', '+84922222222', '+84922222223'),
    });
    duplicate = await register({
      name: 'NHA MAY SAO MAI',
      reference: 'HN-77',
      address: 'Lô 5 KCN',
      hazards: ['chemicals'],
      contacts: contacts('0922 222 221'.replaceAll(' ', ''), '+84933333331', '+84933333332'),
    });
    await register({
      name: 'Xưởng khác',
      address: 'Đường khác',
      position: null,
      contacts: contacts('+84944444441', '+84944444442', '+84922222223'),
    });
    expect(await pairs(inspector, '/duplicates')).toEqual([[kept, duplicate].sort()]);
    const { body } = await inspector.ask('GET', `/facilities/${duplicate}/duplicates`);
    expect(body.proposals).toMatchObject([
      { reasons: [{ code: 'same-name' }, { code: 'same-telephone' }, { code: 'near' }] },
    ]);
    expect(await admin.ask('GET', '/duplicates')).toMatchObject({ status: 403 });
    expect(await pairs(inspector, '/duplicates?limit=1')).toEqual([]);
  });

  it('are kept apart when somebody says that they are two', async () => {
    const names = ['Trường mầm non Hoa Sen', 'Truong mam non Hoa Sen'];
    const [one, other] = await Promise.all(
      names.map((name, index) =>
        register({ name, contacts: contacts('+84955555551', '+84955555552', `+8495555556${index}`) }),
      ),
    );
    expect(await pairs(inspector, `/facilities/${one}/duplicates`)).toHaveLength(1);
    expect(
      await inspector.ask('POST', `/facilities/${one}/keep-apart`, { body: { other, because: 'hai cơ sở' } }),
    ).toMatchObject({ status: 200 });
    expect(await pairs(inspector, `/facilities/${other}/duplicates`)).toEqual([]);
  });

  it('become one: transmitters with their keys, contacts and what the other knew; the old id sends on', async () => {
    const before = await inspector.ask('GET', `/facilities/${duplicate}`);
    const [moved] = before.body.transmitters as { id: string; account: string }[];
    await admin.ask('POST', `/facilities/${duplicate}/transmitters/${moved?.id}/key`, {
      body: { key: '00'.repeat(16), form: 'hex' },
    });
    const merge = (client: TestClient, keep = kept, other = duplicate) =>
      client.ask('POST', `/facilities/${keep}/merge`, {
        body: { duplicate: other, because: 'cùng một nhà máy' },
      });
    expect(await merge(admin)).toMatchObject({ status: 403 });
    expect(await merge(inspector, kept, kept)).toMatchObject({ status: 422 });
    expect(await merge(inspector)).toMatchObject({ status: 200, body: { id: kept, revision: 2 } });

    const { body } = await inspector.ask('GET', `/facilities/${kept}`);
    expect(body).toMatchObject({ name: 'Nhà máy Sao Mai', reference: 'HN-77', hazards: ['chemicals'] });
    expect(
      (body.contacts as { telephone: string; order: number }[]).map((one) => [one.order, one.telephone]),
    ).toEqual([
      [1, '+84922222221'],
      [2, '+84922222222'],
      [3, '+84922222223'],
      [4, '+84933333331'],
      [5, '+84933333332'],
    ]);
    expect((body.transmitters as { id: string }[]).map((one) => one.id)).toContain(moved?.id);
    expect(await inspector.ask('GET', `/facilities/${duplicate}`)).toMatchObject({
      status: 200,
      body: { mergedInto: kept, removedAt: expect.any(String) },
    });
    const found = await inspector.ask('GET', '/facilities?search=sao%20mai');
    expect(found.body.facilities).toMatchObject([{ id: kept, transmitters: 2 }]);
    const loaded = await loadTransmitters(people.database.pool('keng_receiver'), { world: LIVE, kek });
    expect(loaded.find((one) => one.account === moved?.account)).toMatchObject({ facilityId: kept });
    expect(loaded.find((one) => one.account === moved?.account)?.key).toHaveLength(16);
    expect(await pairs(inspector, '/duplicates')).toEqual([]);
    expect(await merge(inspector)).toMatchObject({ status: 409, body: { code: 'facility.removed' } });
  });

  it('take along their papers and past incidents, and not what goes on there', async () => {
    const one = await register({
      name: 'Kho Hà Thành',
      contacts: contacts('+84966666661', '+84966666662', '+84966666663'),
    });
    const other = await register({
      name: 'Kho Ha Thanh',
      contacts: contacts('+84966666661', '+84966666662', '+84966666664'),
    });
    await inspector.ask('POST', `/facilities/${other}/inspections`, {
      body: {
        kind: 'periodic',
        on: '2026-02-01',
        findings: [{ text: 'lối thoát bị chặn', article: null, deadline: '2026-02-02' }],
      },
    });
    const incident = (status: string, id: string) =>
      people.database.pool('keng_core').query(
        `insert into incident (world, id, number, facility, organisation, province, status, urgency, opened_at, changed_at, closed_at, entries, state)
           values ('live', gen_random_uuid(), $1, $2, 'S1', 'P1', $3, 1, now(), now(), case when $3 = 'closed' then now() end, 1, '{}')`,
        [status === 'open' ? 1 : 2, id, status],
      );
    await incident('open', other);
    const merge = () =>
      inspector.ask('POST', `/facilities/${one}/merge`, { body: { duplicate: other, because: 'x' } });
    expect(await merge()).toMatchObject({ status: 409, body: { code: 'facility.merge-alarm' } });
    await people.database
      .pool('keng_core')
      .query(`update incident set status = 'closed', closed_at = now() where status = 'open'`);
    expect(await merge()).toMatchObject({ status: 200 });
    const { body } = await inspector.ask('GET', `/facilities/${one}/inspections`);
    expect(body.inspections).toHaveLength(1);
    const overdue = await inspector.ask('GET', '/inspections/overdue?kind=finding');
    expect(overdue.body.items).toMatchObject([{ facilityId: one, facilityName: 'Kho Hà Thành' }]);
    const { rows } = await people.database
      .pool('keng_core')
      .query<{ facility: FacilityId }>('select facility from incident');
    expect(rows.map((row) => row.facility)).toEqual([one]);
    await asAdministrator(people.database.address, 'delete from incident');
  });

  it('are owned by whoever owned either of them', async () => {
    const one = await register({
      name: 'Nhà hàng Cá Vàng',
      contacts: contacts('+84977777771', '+84977777772', '+84977777773'),
    });
    const other = await register({
      name: 'Nha hang Ca Vang',
      contacts: contacts('+84977777771', '+84977777772', '+84977777774'),
    });
    const core = people.database.pool('keng_core');
    await transaction(core, (client) =>
      createUsers(
        client,
        [
          {
            login: 'owner-2',
            name: 'Owner (synthetic)',
            roles: ['facility-owner'],
            organisation: null,
            facilities: [other as FacilityId],
            language: 'vi',
            password: PASSWORD,
            synthetic: true,
          },
        ],
        { world: LIVE, now: people.clock.now(LIVE), actor: { kind: 'system', id: 'test' } },
      ),
    );
    const merged = await inspector.ask('POST', `/facilities/${one}/merge`, {
      body: { duplicate: other, because: 'x' },
    });
    expect(merged).toMatchObject({ status: 200 });
    await numberTheRest({
      pool: people.database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      log: () => undefined,
    });
    await transaction(core, async (client) => {
      const entries = await readAfter(client, LIVE, 0, 1_000, ['facility.merged-into']);
      await ownersFollow.handle(client, entries, { world: LIVE, now: people.clock.now(LIVE) });
    });
    const owner = await people.loggedIn('owner-2');
    const { body } = await owner.ask('GET', '/facilities');
    expect(body.facilities).toMatchObject([{ id: one }]);
  });

  it('and nobody moves papers who has not merged what they see', async () => {
    const [one, other] = [await register({ name: 'Một' }), await register({ name: 'Hai' })];
    await expect(
      transaction(people.database.pool('keng_web'), async (client) => {
        await client.query(`select set_config('keng.scope', '*', true)`);
        await client.query('select keng_merge_papers($1, $2)', [one, other]);
      }),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('the log gives back every state afterwards', async () => {
    const sequencer = people.database.pool('keng_sequencer');
    await numberTheRest({ pool: sequencer, origin: 'test', epoch: 1, log: () => undefined });
    const compared = await compareWithLog({ pool: people.database.pool('keng_core'), world: LIVE });
    expect(compared.filter((one) => !one.equal)).toEqual([]);
  });
});

describe('an import that is followed', () => {
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;

  /** The example of the template, again and again, each with a number and an account of its own. */
  function tableOf(name: string, rows: number): string[][] {
    const own = (n: number): Record<string, string> => ({
      reference: `${name}-${n}`,
      name: `${name} ${n}`,
      organisation: 'P1',
      transmitter1_account: (0xd0_0000 + accounts * 10_000 + n).toString(16),
    });
    const examples = Array.from({ length: rows }, (_, n) =>
      COLUMNS.map((column) => own(n)[column.name] ?? column.example),
    );
    accounts += 1;
    return [COLUMNS.map((column) => column.name), ...examples];
  }
  const fileOf = (name: string, rows: number): string => tableOf(name, rows).map(line).join('');
  async function workbookOf(name: string, rows: number): Promise<Buffer> {
    const lines = tableOf(name, rows).map((row) => JSON.stringify(row));
    return Buffer.from((await writeXlsx(Buffer.from(lines.join('\n')))).content);
  }

  async function post(file: string | Buffer, mode: string, signal?: AbortSignal): Promise<Response> {
    const address = await listening();
    const route = typeof file === 'string' ? 'import' : 'import-xlsx';
    return await fetch(`http://${address}/api/facilities/${route}?mode=${mode}&file=x&progress=lines`, {
      method: 'POST',
      headers: {
        cookie: `keng_session=${admin.cookie}`,
        'x-keng-csrf': admin.csrf ?? '',
        'content-type': typeof file === 'string' ? 'text/csv' : XLSX,
      },
      body: typeof file === 'string' ? file : new Uint8Array(file),
      ...(signal ? { signal } : {}),
    });
  }
  const linesOf = async (response: Response) =>
    (await response.text())
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one) as Record<string, unknown>);
  const found = async (name: string) =>
    ((await admin.ask('GET', `/facilities?search=${name}`)).body.facilities as unknown[]).length;

  it('tells each batch, and its report last', async () => {
    const response = await post(fileOf('theodoi', 500), 'all-or-nothing');
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = await linesOf(response);
    expect(lines.map((one) => one.rows)).toEqual([200, 400, 500, undefined]);
    const parts = lines.slice(0, -1).map((one) => Number(one.part));
    expect(parts).toEqual([...parts].sort((one, other) => one - other));
    expect(parts.at(-1)).toBe(1);
    expect(lines.at(-1)).toMatchObject({ report: { rows: 500, taken: 500, refused: 0 } });
  });

  it('tells of XLSX the rows in all, and is stopped while the file is still unpacked', async () => {
    const lines = await linesOf(await post(await workbookOf('bang', 250), 'check'));
    expect(lines.slice(0, -1)).toEqual([
      { rows: 200, all: 250, part: 0.8 },
      { rows: 250, all: 250, part: 1 },
    ]);
    expect(lines.at(-1)).toMatchObject({ report: { rows: 250, taken: 250 } });

    const leave = new AbortController();
    const gone = expect(post(await workbookOf('roibo', 3), 'take-good', leave.signal)).rejects.toThrow();
    // It is unpacked in a process of its own.
    await vi.waitFor(() => expect(unpacking()).toBe(true), { timeout: 60_000, interval: 5 });
    leave.abort();
    await gone;
    await vi.waitFor(() => expect(unpacking()).toBe(false), { timeout: 60_000 });
    await linesOf(await post(fileOf('sautiep', 1), 'check'));
    expect(await found('roibo')).toBe(0);
  });
  const unpacking = (): boolean =>
    readdirSync('/proc/self/task')
      .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'latin1').split(' '))
      .some((child) => child !== '' && commandOf(child).includes('workshop-child'));
  function commandOf(child: string): string {
    // It may have ended since.
    const file = `/proc/${child}/cmdline`;
    return existsSync(file) ? readFileSync(file, 'latin1') : '';
  }

  it('says what is wrong in its last line, or at once where the file cannot be used at all', async () => {
    const broken = await post(`${fileOf('gay', 300)}"never closed`, 'take-good');
    expect((await linesOf(broken)).at(-1)).toMatchObject({ problem: { code: 'import.csv-broken' } });
    expect(await found('gay')).toBe(0);
    const useless = await post('colour\r\nred\r\n', 'check');
    expect(useless.status).toBe(422);
    expect(await useless.json()).toMatchObject({ code: 'import.column-unknown' });
  });

  it('is stopped by going away, and nothing of the file is in the register', async () => {
    const leave = new AbortController();
    const response = await post(fileOf('bodi', 3_000), 'take-good', leave.signal);
    await response.body?.getReader().read();
    leave.abort();
    // One import at a time: this one begins when the other has ended, one way or the other.
    await linesOf(await post(fileOf('sau', 1), 'check'));
    expect(await found('bodi')).toBe(0);
  });
});
