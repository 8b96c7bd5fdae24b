import { describe, expect, it } from 'vitest';
import { decodeBody, textEvents } from './frames.fixture.ts';
import { contactIdClass, contactIdCode, textCode } from './index.ts';

const text = (blocks: string) => decodeBody(`"SIA-DCS"0001L0#1234[#1234|${blocks}]`);
const contactId = (blocks: string) => decodeBody(`"ADM-CID"0001L0#1234[#1234|${blocks}]`);

describe('text codes', () => {
  // Handbook section 3: the row of a family, column by column.
  it.each([
    ['fire', 'alarm', 'FA FM'],
    ['fire', 'restore', 'FH FR'],
    ['fire', 'trouble', 'FT FW FY'],
    ['fire', 'trouble-restore', 'FJ FQ'],
    ['fire', 'supervisory', 'FS FZ'],
    ['fire', 'supervisory-restore', 'FV'],
    ['fire', 'disable', 'FB'],
    ['fire', 'enable', 'FU'],
    ['fire', 'test', 'FX FI FK'],
    ['fire', 'cancel', 'FC'],
    ['fire', 'unverified', 'FG'],
    ['fire', 'silenced', 'FL'],
    ['heat', 'alarm', 'KA'],
    ['heat', 'restore', 'KH KR'],
    ['heat', 'trouble', 'KT'],
    ['heat', 'trouble-restore', 'KJ'],
    ['heat', 'supervisory', 'KS'],
    ['heat', 'disable', 'KB'],
    ['heat', 'enable', 'KU'],
    ['sprinkler', 'alarm', 'SA'],
    ['sprinkler', 'restore', 'SH SR'],
    ['sprinkler', 'trouble', 'ST'],
    ['sprinkler', 'trouble-restore', 'SJ'],
    ['sprinkler', 'supervisory', 'SS'],
    ['sprinkler', 'disable', 'SB'],
    ['sprinkler', 'enable', 'SU'],
    ['gas', 'alarm', 'GA'],
    ['gas', 'restore', 'GH GR'],
    ['gas', 'trouble', 'GT'],
    ['gas', 'trouble-restore', 'GJ'],
    ['gas', 'supervisory', 'GS'],
    ['gas', 'disable', 'GB'],
    ['gas', 'enable', 'GU'],
    ['gas', 'test', 'GX'],
    ['water', 'alarm', 'WA'],
    ['water', 'restore', 'WH WR'],
    ['water', 'trouble', 'WT'],
    ['water', 'trouble-restore', 'WJ'],
    ['water', 'supervisory', 'WS'],
    ['water', 'disable', 'WB'],
    ['water', 'enable', 'WU'],
    ['system', 'trouble', 'AT YT YM YP YC YS ET'],
    ['system', 'trouble-restore', 'AR YR YQ YK ER'],
    ['system', 'tamper', 'TA'],
    ['system', 'tamper-restore', 'TR'],
    ['system', 'service', 'YX YZ'],
    ['system', 'test', 'RP RX TX'],
    ['other', 'other', 'PE BA CL OP HA RR ZZ KX WX SX'],
  ])('of %s with class %s are %s', (family, kind, codes) => {
    for (const code of codes.split(' ')) expect(textCode(code), code).toMatchObject({ family, class: kind });
  });
});

describe('a text payload', () => {
  it.each([
    ['Nri1/FA001', [{ code: 'FA', number: '001', area: '1' }]],
    ['NFA129', [{ code: 'FA', number: '129' }]],
    ['Nri0RP2^SL 18^', [{ code: 'RP', number: '2', area: '0', text: 'SL 18' }]],
    ['Nri2/id15/OP', [{ code: 'OP', number: null, area: '2', user: '15' }]],
    ['Npi0/AT', [{ code: 'AT', number: null, peripheral: '0' }]],
    ['NCQ1', [{ code: 'CQ', number: '1' }]],
    [
      'Nri1/FA001/FA002',
      [
        { code: 'FA', number: '001', area: '1' },
        { code: 'FA', number: '002', area: '1' },
      ],
    ],
    ['NFA2/ri6', [{ code: 'FA', number: '2', area: '6' }]],
    ['Nti10:15/FA2/ri6', [{ code: 'FA', number: '2', area: '6' }]],
    [
      'Nri1/FA1/ri2/FA2',
      [
        { code: 'FA', area: '1' },
        { code: 'FA', area: '2' },
      ],
    ],
    ['NriA/FA1', [{ code: 'FA', number: '1', area: 'A' }]],
    [
      'NFA001FT002',
      [
        { code: 'FA', number: '001' },
        { code: 'FT', number: '002' },
      ],
    ],
    [
      'NFA1|NFA2|Akho A',
      [
        { code: 'FA', number: '1' },
        { code: 'FA', number: '2', text: 'kho A' },
      ],
    ],
    [
      'NFA1^kho/A^/FT2^B^',
      [
        { code: 'FA', text: 'kho/A' },
        { code: 'FT', text: 'B' },
      ],
    ],
    ['NFA1^open end', [{ code: 'FA', text: 'open end' }]],
    ['OFA7', [{ qualifier: 'O', code: 'FA', number: '7' }]],
  ])('%s', (blocks, expected) => {
    const events = textEvents(blocks);
    expect(events).toHaveLength(expected.length);
    expect(events).toMatchObject(expected);
  });

  it('lets a late modifier hold for one code only, since with two nobody knows whose it is', () => {
    expect(textEvents('NFA1/FA2/ri6').map((event) => event.area)).toEqual([undefined, undefined]);
  });

  it.each([
    ['Nri04/OP001NM', ['NM']],
    ['NFA001*"text"NM', ['*"text"NM']],
    ['0|NRP', ['0']],
    ['XYZ|NFA1', ['XYZ']],
    ['Atext without event|NFA1', ['Atext without event']],
    ['N^text^FA1', ['text']],
  ])('%s keeps what is not understood', (blocks, unparsed) => {
    const decoded = text(blocks);
    expect(decoded.unparsed).toEqual(unparsed);
    expect(decoded.events).toHaveLength(1);
    expect(decoded).toMatchObject({ verdict: 'ack', newEvents: 1 });
  });

  it('with nothing decodable is one unknown event', () => {
    for (const blocks of ['', 'hello', 'N', 'N12'])
      expect(text(blocks)).toMatchObject({ events: [], newEvents: 1 });
  });

  it('reads Vietnamese in UTF-8 and old panels in Windows-1252', () => {
    const utf8 = Buffer.from('Báo cháy tầng 3', 'utf8').toString('latin1');
    expect(textEvents(`NFA1^${utf8}^`)[0]?.text).toBe('Báo cháy tầng 3');
    expect(textEvents('NFA1^\x80 5 \x96 K\xfcche^')[0]?.text).toBe('€ 5 – Küche');
  });
});

describe('Contact ID codes', () => {
  // Handbook section 4, family and class for Q=1.
  it.each([
    ['fire', 'alarm', '110'],
    ['smoke', 'alarm', '111'],
    ['combustion', 'alarm', '112'],
    ['sprinkler', 'alarm', '113'],
    ['heat', 'alarm', '114'],
    ['manual', 'alarm', '115'],
    ['duct', 'alarm', '116'],
    ['flame', 'alarm', '117'],
    ['fire', 'near-alarm', '118'],
    ['gas', 'alarm', '151 162'],
    ['water', 'alarm', '154'],
    ['fire', 'supervisory', '200 201 202 203 204 205 206'],
    [
      'system',
      'trouble',
      '300 301 302 305 308 309 310 311 320 321 322 323 324 325 326 327 330 331 332 333 334 339',
    ],
    ['system', 'trouble', '350 351 352 353 354 355 356 357 380 381 382 384 389 391'],
    ['fire', 'trouble', '373 385 386 392 393'],
    ['system', 'tamper', '383'],
    ['system', 'disable', '520 521 524 527 551 552 570'],
    ['fire', 'disable', '571'],
    ['system', 'test', '601 602 603 607 608'],
    ['fire', 'test', '604 614'],
    ['system', 'service', '616'],
    ['other', 'other', '158 159 401 407 441 700 900 303 328 340 358'],
  ])('of %s with class %s are %s', (family, kind, codes) => {
    for (const code of codes.split(' '))
      expect(contactIdCode(code), code).toMatchObject({ family, class: kind });
  });

  it.each([
    ['110', 'restore'],
    ['118', 'restore'],
    ['373', 'trouble-restore'],
    ['200', 'supervisory-restore'],
    ['571', 'enable'],
    ['383', 'tamper-restore'],
    ['602', 'test'],
    ['616', 'service'],
    ['900', 'other'],
  ])('%s under qualifier 3 is %s', (code, kind) => {
    expect(contactIdClass(contactIdCode(code), 3)).toBe(kind);
  });
});

describe('a Contact ID payload', () => {
  it('takes a pulled call point for what it is', () => {
    expect(contactId('1115 01 004').events).toEqual([
      { qualifier: 1, code: '115', group: '01', number: '004', family: 'manual', class: 'alarm' },
    ]);
  });

  it('keeps the class and marks a repeat under qualifier 6', () => {
    expect(contactId('6110 00 001').events).toMatchObject([{ class: 'alarm', repeat: true }]);
    expect(contactId('1110 00 001').events[0]).not.toHaveProperty('repeat');
  });

  it.each([
    ['111001015', [{ code: '110', group: '01', number: '015' }]],
    ['1110 0A 0B5', [{ group: '0A', number: '0B5' }]],
    [
      '1110 00 001|3110 00 002',
      [
        { number: '001', class: 'alarm' },
        { number: '002', class: 'restore' },
      ],
    ],
    ['1110 00 001|Akho A', [{ number: '001', text: 'kho A' }]],
  ])('%s', (blocks, expected) => {
    expect(contactId(blocks).events).toMatchObject(expected);
  });

  it.each(['', '1110', '2110 00 001', '1110 00', 'hello', '1 10 00 001'])(
    '"%s" that cannot be read is one unknown event',
    (blocks) => {
      const decoded = contactId(blocks);
      expect(decoded).toMatchObject({ verdict: 'ack', events: [], newEvents: 1 });
      expect(decoded.unparsed).toEqual(blocks === '' ? [] : [blocks]);
    },
  );

  it('keeps what stands behind the number', () => {
    expect(contactId('1110 00 001 extra')).toMatchObject({ unparsed: [' extra'], newEvents: 1 });
  });
});
