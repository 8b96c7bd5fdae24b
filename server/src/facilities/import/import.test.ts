import { LIVE, newId, type OrganisationCode } from '@keng/model';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asAdministrator } from '../../testing/index.ts';
import { listFacilities } from '../list.ts';
import { loadTransmitters } from '../receiver-store.ts';
import {
  at,
  createTestRegister,
  hand,
  kek,
  OTHER_STATION,
  STATION,
  type TestRegister,
} from '../test-register.ts';
import { COLUMNS, templateCsv } from './columns.ts';
import { type ImportMode, type ImportReport, importFacilities } from './import-facilities.ts';
import { pieces } from './pieces.ts';
import { readCsv } from './read-csv.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(async () => {
  await register.database.drop();
});
beforeEach(async () => {
  const owner = register.database.pool('keng_owner');
  await owner.query('delete from transmitter');
  await owner.query('delete from facility_search');
  await owner.query('delete from facility');
});

type Cells = Readonly<Record<string, string>>;

/** A row that is right, by column; every row with its own reference and account. */
function good(n: number, change: Cells = {}): Cells {
  return {
    reference: `HN-${n}`,
    name: `Trường số ${n}`,
    address: `${n} Trần Hưng Đạo`,
    area: '01',
    longitude: '105.85',
    latitude: '21.03',
    category: 'school',
    managing_level: 'commune',
    contact1_name: 'Một',
    contact1_telephone: '+84 123 456 001',
    contact2_name: 'Hai',
    contact2_telephone: '0000.000.002',
    contact3_name: 'Ba',
    contact3_telephone: '0000-000-003',
    transmitter1_account: (0xa000 + n).toString(16),
    transmitter1_zones: '1:smoke:Tầng 1|2:manual:Sảnh: cửa chính',
    transmitter1_reporting_seconds: '300',
    hazards: 'gas|chemicals',
    force_people: '5',
    water: 'tank:60,5:bể ngầm|hydrant::trước cổng',
    ...change,
  };
}

function csv(rows: readonly Cells[], separator = ','): Buffer {
  const names = COLUMNS.map((one) => one.name);
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => names.map((name) => quoted(row[name] ?? '')).join(separator));
  return Buffer.from([names.join(separator), ...lines].join('\r\n'));
}

async function take(
  file: Uint8Array,
  mode: ImportMode = 'take-good',
  organisations: readonly OrganisationCode[] | '*' = '*',
): Promise<ImportReport> {
  const work: Parameters<TestRegister['all']>[0] = async (client) =>
    importFacilities(client, {
      file: 'test.csv',
      source: pieces(file, 1_000),
      mode,
      hand,
      facts: await register.service.facts(client, LIVE),
      kek,
      recordedAt: at,
    });
  // The transaction gives back whatever its work gives.
  return (
    organisations === '*' ? register.all(work) : register.scoped({ organisations }, work)
  ) as Promise<ImportReport>;
}

const problemsOf = (report: ImportReport) => report.problems.map((one) => [one.row, one.column, one.code]);
const names = async (): Promise<string[]> =>
  (await register.all((client) => listFacilities(client, LIVE, { limit: 500 }))).facilities.map(
    (one) => one.name,
  );

describe('a good file', () => {
  it('is taken with contacts in order, zones, water and the desk of the province', async () => {
    const report = await take(csv([good(1)]));
    expect(report).toMatchObject({
      rows: 1,
      taken: 1,
      registered: 1,
      changed: 0,
      refused: 0,
      problems: [],
      moreProblems: 0,
    });
    const { facilities } = await register.all((client) => listFacilities(client, LIVE, { limit: 5 }));
    const { state } = await register.all((client) =>
      register.service.get(client, LIVE, facilities[0]?.id ?? newId()),
    );
    expect(state).toMatchObject({
      reference: 'HN-1',
      organisation: 'VN-PC07-01',
      position: [105.85, 21.03],
      hazards: ['gas', 'chemicals'],
      onSiteForce: { people: 5 },
      water: [
        { kind: 'tank', capacityM3: 60.5, description: 'bể ngầm' },
        { kind: 'hydrant', capacityM3: null, description: 'trước cổng' },
      ],
      contacts: [
        { order: 1, telephone: '+84123456001', language: 'vi' },
        { order: 2, telephone: '0000000002' },
        { order: 3 },
      ],
      transmitters: [
        {
          account: 'A001',
          reportingSeconds: 300,
          encrypted: false,
          zones: [
            { number: '1', kind: 'smoke', label: 'Tầng 1' },
            { number: '2', kind: 'manual', label: 'Sảnh: cửa chính' },
          ],
        },
      ],
    });
  });

  it('is the template itself', async () => {
    expect(await take(Buffer.from(templateCsv()))).toMatchObject({ taken: 1, problems: [] });
  });

  it.each([
    ['with a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), csv([good(1)])])],
    ['with semicolons', csv([good(1, { longitude: '105,85', latitude: '21,03' })], ';')],
    ['with tabs', csv([good(1)], '\t')],
    ['with empty rows at the end', Buffer.concat([csv([good(1)]), Buffer.from('\r\n,,,,\r\n\r\n')])],
    [
      'with the name of the province and no leading zero of its code',
      csv([good(1, { area: 'ha noi' }), good(2, { area: '1' })]),
    ],
  ])('%s', async (_name, file) => {
    expect(await take(file)).toMatchObject({ refused: 0, problems: [] });
  });

  it('sets keys, and never repeats one', async () => {
    const key = '00112233445566778899AABBCCDDEEFF';
    await take(csv([good(1, { transmitter1_key: key }), good(2)]));
    const loaded = await loadTransmitters(register.database.pool('keng_receiver'), { world: LIVE, kek });
    expect(loaded.map((one) => one.key && Buffer.from(one.key).toString('hex').toUpperCase()).sort()).toEqual(
      [key, null].sort(),
    );
    const report = await take(csv([good(3, { transmitter1_key: `${key}0` })]));
    expect(problemsOf(report)).toEqual([[2, 'transmitter1_key', 'facility.key-invalid']]);
    expect(JSON.stringify(report)).not.toContain(key);
  });
});

describe('the same number of the register again', () => {
  it('changes the facility, keeps its contacts, transmitters and keys, and says nothing where nothing is new', async () => {
    await take(csv([good(1, { transmitter1_key: '00112233445566778899AABBCCDDEEFF' }), good(2)]));
    const before = await loadTransmitters(register.database.pool('keng_receiver'), { world: LIVE, kek });
    const report = await take(csv([good(1, { name: 'Tên mới' }), good(2)]));
    expect(report).toMatchObject({ taken: 2, registered: 0, changed: 1 });
    expect(await names()).toEqual(['Tên mới', 'Trường số 2']);
    expect(await loadTransmitters(register.database.pool('keng_receiver'), { world: LIVE, kek })).toEqual(
      before,
    );
  });
});

describe('a bad row', () => {
  // Every line: what is changed in a good row, and the column and code that are reported for it.
  it.each<[string, Cells, [string, string][]]>([
    ['no name', { name: '' }, [['name', 'import.cell-empty']]],
    ['no reference', { reference: '' }, [['reference', 'import.cell-empty']]],
    ['unknown area', { area: 'Atlantis' }, [['area', 'facility.area-unknown']]],
    ['unknown category', { category: 'castle' }, [['category', 'facility.category-unknown']]],
    ['unknown level', { managing_level: 'team' }, [['managing_level', 'import.value-invalid']]],
    ['unknown organisation', { organisation: 'X' }, [['organisation', 'facility.organisation-unknown']]],
    [
      'station of another province',
      { organisation: 'VN-ST-79-01' },
      [['organisation', 'facility.organisation-elsewhere']],
    ],
    ['letters in a number', { longitude: 'east' }, [['longitude', 'import.number-invalid']]],
    ['half a position', { latitude: '' }, [['latitude', 'import.cell-empty']]],
    [
      'longitude and latitude exchanged',
      { longitude: '21.03', latitude: '105.85' },
      [['latitude', 'import.position-invalid']],
    ],
    [
      'a position in another province',
      { longitude: '106.7', latitude: '10.78' },
      [['longitude', 'facility.position-outside-area']],
    ],
    [
      'two contacts only',
      { contact3_name: '', contact3_telephone: '' },
      [['contact3_telephone', 'facility.contacts-too-few']],
    ],
    ['a contact without a number', { contact2_telephone: '' }, [['contact2_telephone', 'import.cell-empty']]],
    [
      'a number that is none',
      { contact2_telephone: 'ask' },
      [['contact2_telephone', 'import.telephone-invalid']],
    ],
    [
      'the same number twice, in two ways of writing',
      { contact2_telephone: '0123.456.001' },
      [['contact2_telephone', 'facility.contact-number-repeated']],
    ],
    ['a wrong mail address', { contact1_email: 'x' }, [['contact1_email', 'import.value-invalid']]],
    [
      'a language nobody speaks here',
      { contact1_language: 'xx' },
      [['contact1_language', 'import.value-invalid']],
    ],
    [
      'an account that is none',
      { transmitter1_account: 'ZZZ' },
      [['transmitter1_account', 'import.account-invalid']],
    ],
    [
      'a protocol that nobody speaks here',
      { transmitter1_protocol: 'morse' },
      [['transmitter1_protocol', 'import.protocol-unknown']],
    ],
    [
      'a GB/T 26875.3 device with more digits than an address has',
      { transmitter1_protocol: 'gb26875', transmitter1_account: '1234567890ABC' },
      [['transmitter1_account', 'facility.account-no-address']],
    ],
    [
      'a GB/T 26875.3 device with a key, which it could not prove',
      { transmitter1_protocol: 'GB26875', transmitter1_key: '00'.repeat(16) },
      [['transmitter1_key', 'facility.key-impossible']],
    ],
    [
      'zones without an account',
      { transmitter1_account: '' },
      [['transmitter1_account', 'import.cell-empty']],
    ],
    [
      'the account twice in the row',
      { transmitter3_account: 'A001' },
      [['transmitter3_account', 'facility.account-repeated']],
    ],
    [
      'a zone of unknown kind',
      { transmitter1_zones: '1:fog:x' },
      [['transmitter1_zones', 'import.value-invalid']],
    ],
    ['a zone without a kind', { transmitter1_zones: '1' }, [['transmitter1_zones', 'import.zone-invalid']]],
    [
      'a zone twice',
      { transmitter1_zones: '1:smoke:a|1:smoke:b' },
      [['transmitter1_zones', 'facility.zone-repeated']],
    ],
    [
      'a reporting time of no length',
      { transmitter1_reporting_seconds: '0' },
      [['transmitter1_reporting_seconds', 'import.value-invalid']],
    ],
    ['water of unknown kind', { water: 'sea:1:x' }, [['water', 'import.value-invalid']]],
    [
      'a form of key that is none',
      { transmitter1_key: '00', transmitter1_key_form: 'base64' },
      [['transmitter1_key_form', 'import.choice-invalid']],
    ],
    ['a name that is too long', { name: 'x'.repeat(301) }, [['name', 'import.value-invalid']]],
    ['a cell that is much too long', { hazards: 'x'.repeat(20_001) }, [['hazards', 'import.cell-too-long']]],
    [
      'all problems of a row',
      { name: '', area: 'Atlantis', contact2_telephone: 'ask' },
      [
        ['area', 'facility.area-unknown'],
        ['contact2_telephone', 'import.telephone-invalid'],
        ['name', 'import.cell-empty'],
      ],
    ],
  ])('%s', async (_name, change, expected) => {
    const report = await take(csv([good(1, change), good(2)]));
    const found = problemsOf(report).map(([row, column, code]) => {
      expect(row).toBe(2);
      return [column, code];
    });
    expect(found.sort()).toEqual([...expected].sort());
    expect(report).toMatchObject({ rows: 2, taken: 1, refused: 1 });
    expect(await names()).toEqual(['Trường số 2']);
  });

  it('names the row or the facility that has the account or the number already', async () => {
    await take(csv([good(1, { name: 'Người giữ' })]));
    const report = await take(
      csv([
        good(2),
        good(3, { transmitter1_account: 'a002' }),
        good(4, { reference: 'HN-2' }),
        good(5, { transmitter1_account: 'A001' }),
      ]),
    );
    expect(problemsOf(report)).toEqual([
      [3, 'transmitter1_account', 'import.account-repeated'],
      [4, 'reference', 'import.reference-repeated'],
      [5, 'transmitter1_account', 'facility.account-taken'],
    ]);
    expect(report.problems[0]?.reason).toContain('Row 2');
    expect(report.problems[2]?.reason).toContain('Người giữ');
  });

  it('is told in the order of the file, whichever way it was found', async () => {
    const bad: Cells[] = [
      { category: 'spaceport' },
      { name: '' },
      { category: 'spaceport' },
      { longitude: 'x' },
    ];
    const report = await take(csv(bad.map((change, index) => good(index + 1, change))), 'check');
    expect(report.problems.map((one) => one.row)).toEqual([2, 3, 4, 5]);
  });

  it('is one of an organisation that the importer may not write for', async () => {
    const report = await take(csv([good(1, { organisation: STATION })]), 'take-good', [OTHER_STATION]);
    expect(problemsOf(report)).toEqual([[2, 'organisation', 'permission.missing']]);
  });
});

describe('modes', () => {
  const file = csv([good(1), good(2, { name: '' }), good(3)]);
  const imported = async (): Promise<unknown[]> =>
    (
      await register.database
        .pool('keng_auditor')
        .query(`select body from entry where kind = 'facility.imported' order by id desc limit 1`)
    ).rows;

  it('check looks and leaves nothing', async () => {
    expect(await take(file, 'check')).toMatchObject({ rows: 3, taken: 2, refused: 1 });
    expect(await names()).toEqual([]);
  });

  it('take-good takes the good rows, and the log says so', async () => {
    expect(await take(file, 'take-good')).toMatchObject({ taken: 2, refused: 1 });
    expect(await names()).toEqual(['Trường số 1', 'Trường số 3']);
    expect(await imported()).toEqual([{ body: { file: 'test.csv', rows: 3, taken: 2, refused: 1 } }]);
  });

  it('all-or-nothing takes nothing of a file with one bad row, however late it comes', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => good(n + 1, n === 430 ? { name: '' } : {}));
    expect(await take(csv(rows), 'all-or-nothing')).toMatchObject({ rows: 450, taken: 0, refused: 1 });
    expect(await names()).toEqual([]);
    const { rows: left } = await register.database
      .pool('keng_auditor')
      .query(
        `select count(*)::integer as n from entry where kind = 'facility.registered' and body->>'name' = 'Trường số 44' and at = $1`,
        [at],
      );
    expect(left).toEqual([{ n: 0 }]);
    expect(await take(csv(rows.filter((one) => one.name !== '')), 'all-or-nothing')).toMatchObject({
      taken: 449,
    });
  });
});

describe('a file that cannot be used', () => {
  it.each<[string, Buffer, string]>([
    ['empty', Buffer.from(''), 'import.file-empty'],
    ['only a mark', Buffer.from('\uFEFF\r\n'), 'import.file-empty'],
    ['not in UTF-8', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'import.not-utf8'],
    ['with an unknown column', Buffer.from('reference,colour\n1,red'), 'import.column-unknown'],
    ['with a column twice', Buffer.from('reference,reference\n1,1'), 'import.column-repeated'],
    ['without a needed column', Buffer.from('reference,name\n1,x'), 'import.column-missing'],
    [
      'with an open quotation mark',
      Buffer.concat([csv([good(1)]), Buffer.from('\r\n"never closed')]),
      'import.csv-broken',
    ],
    [
      'with a row without end',
      Buffer.concat([csv([]), Buffer.from(`\r\n"${'x'.repeat(300_000)}`)]),
      'import.row-too-long',
    ],
  ])('%s', async (_name, file, code) => {
    await expect(take(file)).rejects.toMatchObject({ code });
    expect(await names()).toEqual([]);
  });

  it('never ends in anything but rows or a named problem, whatever its bytes', async () => {
    const header = `${COLUMNS.filter((one) => one.required)
      .map((one) => one.name)
      .join(',')}\n`;
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (bytes, withHeader, size) => {
          const file = withHeader ? Buffer.concat([Buffer.from(header), bytes]) : bytes;
          try {
            for await (const row of readCsv(pieces(file, size))) expect(row.row).toBeGreaterThan(1);
          } catch (error) {
            expect(error).toMatchObject({ name: 'Problem', code: expect.stringMatching(/^import\./) });
          }
        },
      ),
    );
  });
});

describe('a large file', () => {
  const ROWS_AT_ONCE = 200;
  const rows = Array.from({ length: 1_000 }, (_, n) => good(n + 1));

  /** Statements and the lead of the file over the rows that are ruled, at each batch. */
  async function watched(file: Uint8Array, mode: ImportMode) {
    const statements: number[] = [];
    const lead: number[] = [];
    const report = await register.all(async (client) => {
      let asked = 0;
      const counting = new Proxy(client, {
        get: (target, name) => {
          if (name === 'query') asked += 1;
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      let given = 0;
      return await importFacilities(counting, {
        file: 'large.csv',
        source: pieces(file, undefined, (bytes) => {
          given = bytes;
        }),
        mode,
        hand,
        facts: await register.service.facts(client, LIVE),
        kek,
        recordedAt: at,
        progress: (done) => {
          statements.push(asked);
          asked = 0;
          lead.push(given / file.length - done / rows.length);
        },
      });
    });
    return { report, statements, lead };
  }

  it('is read as fast as its rows are taken, and asks as often for the last rows as for the first', async () => {
    const { report, statements, lead } = await watched(csv(rows), 'all-or-nothing');
    expect(report).toMatchObject({ rows: 1_000, taken: 1_000 });
    expect(statements).toHaveLength(rows.length / ROWS_AT_ONCE);
    // The first batch opens the import, too.
    expect(new Set(statements.slice(1)).size).toBe(1);
    expect(statements[1]).toBeLessThan(15);
    for (const one of lead) expect(one).toBeLessThan(ROWS_AT_ONCE / rows.length);
  });

  it('is stopped between two batches, and nothing of it is stored', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const outcome = register.all(async (client) =>
      importFacilities(client, {
        file: 'stopped.csv',
        source: pieces(csv(rows)),
        mode: 'take-good',
        hand,
        facts: await register.service.facts(client, LIVE),
        kek,
        recordedAt: at,
        signal: stop.signal,
        progress: (done) => {
          told.push(done);
          if (done === 2 * ROWS_AT_ONCE) stop.abort();
        },
      }),
    );
    await expect(outcome).rejects.toMatchObject({ code: 'import.stopped' });
    expect(told).toEqual([ROWS_AT_ONCE, 2 * ROWS_AT_ONCE]);
    expect(await names()).toEqual([]);
  });
});

describe('when the connection dies midway', () => {
  it('nothing of the file is in the register', async () => {
    const rows = Array.from({ length: 900 }, (_, n) => good(n + 1));
    const file = csv(rows);
    let stored = 0;
    let killed = false;
    const outcome = register.all(async (client) => {
      const { rows: me } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      async function* source() {
        for await (const piece of pieces(file, 4_096)) {
          if (stored >= 400 && !killed) {
            killed = true;
            await asAdministrator(register.database.address, `select pg_terminate_backend(${me[0]?.pid})`);
          }
          yield piece;
        }
      }
      return importFacilities(client, {
        file: 'x.csv',
        source: source(),
        mode: 'take-good',
        hand,
        facts: await register.service.facts(client, LIVE),
        kek,
        recordedAt: at,
        progress: (done) => {
          stored = done;
        },
      });
    });
    await expect(outcome).rejects.toThrow();
    expect(killed).toBe(true);
    expect(await names()).toEqual([]);
  });
});
