import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Alert, PointIndex, type Position, Region, readCap, signAlert, writeAlert } from '@keng/cap';
import { soundAlert } from '../../../packages/cap/src/alerts.fixture.ts';
import { type Bench, type BenchContext, rowOf } from '../bench.ts';
import { CapPeers, LXML, SHAPELY } from './cap-peers.ts';

const POINTS = 1_000_000;
const VERTICES = 500;

/** Parsing, signing and targeting beside their peers in one run. */
export const capBench: Bench = {
  name: 'cap',
  title: 'CAP: parse, sign and target beside lxml, @dec112/cap-ts, xml-crypto, shapely and turf',
  async run(context) {
    const peers = CapPeers.install(context.say);
    try {
      const text = writeAlert(sample());
      context.say(`the alert has ${Buffer.byteLength(text)} bytes`);
      parse(context, peers, text);
      sign(context, peers, text);
      target(context, peers);
    } finally {
      peers.remove();
    }
  },
};

function parse(context: BenchContext, peers: CapPeers, text: string): void {
  const bytes = Buffer.from(text);
  const own = (): number => rate(context, () => readCap(bytes, { schema: false }).alerts.length);
  const peer = peers.load<{ CAP_1_2: { Alert: { fromXML(text: string): unknown } } }>('@dec112/cap-ts');
  if (peers.hasPython('lxml', context.say))
    context.row(
      rowOf(
        'parse 3.6 kB, beside lxml',
        own(),
        '/s',
        { ratioAtLeast: 1 },
        peers.python(LXML, { 'alert.xml': bytes }),
      ),
    );
  const beside = rate(context, () => peer.CAP_1_2.Alert.fromXML(text));
  context.row(rowOf('parse 3.6 kB, beside @dec112/cap-ts', own(), '/s', { ratioAtLeast: 2 }, beside));
  context.row(
    rowOf(
      'parse and check its schema',
      rate(context, () => readCap(bytes)),
      '/s',
      null,
    ),
  );
}

interface XmlCrypto {
  readonly SignedXml: new (
    options: object,
  ) => {
    addReference(options: object): void;
    computeSignature(text: string): void;
    getSignedXml(): string;
  };
}

function sign(context: BenchContext, peers: CapPeers, text: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const { SignedXml } = peers.load<XmlCrypto>('xml-crypto');
  const peer = (): string => {
    const signer = new SignedXml({
      privateKey: pemOf(rsa),
      signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    });
    signer.addReference({
      xpath: '/*',
      isEmptyUri: true,
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: [
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/2001/10/xml-exc-c14n#',
      ],
    });
    signer.computeSignature(text);
    return signer.getSignedXml();
  };
  const beside = rate(context, peer);
  const own = rate(context, () => signAlert(text, { privateKey }));
  context.row(rowOf('sign, ECDSA P-256, beside xml-crypto RSA', own, '/s', { ratioAtLeast: 10 }, beside));
}

type Turf = { default(point: Position, polygon: object): boolean };

function target(context: BenchContext, peers: CapPeers): void {
  const coordinates = points();
  const ring = province();
  const index = new PointIndex(coordinates);
  const area = { areaDesc: '', polygon: [ring], circle: [], geocode: [], altitude: null, ceiling: null };
  const search = (): number => index.covered(Region.of([area])).length;
  context.say(`${search()} of ${POINTS} points are inside`);
  const files = {
    'points.bin': Buffer.from(coordinates.buffer),
    'ring.bin': Buffer.from(Float64Array.from(ring.flat()).buffer),
  };
  // At most 1.5 times its time is at least two thirds of its rate.
  if (peers.hasPython('shapely', context.say))
    context.row(
      rowOf(
        'recipients of a province, beside shapely and box',
        rate(context, search),
        '/s',
        { ratioAtLeast: 0.67 },
        peers.python(SHAPELY, files),
      ),
    );
  const { default: inside } = peers.load<Turf>('@turf/boolean-point-in-polygon');
  const polygon = {
    type: 'Polygon',
    coordinates: [ring.map(([latitude, longitude]) => [longitude, latitude])],
  };
  const start = processorMs();
  for (let at = 0; at < coordinates.length; at += 2)
    inside([coordinates[at + 1] ?? 0, coordinates[at] ?? 0], polygon);
  const turf = 1_000 / (processorMs() - start);
  context.row(
    rowOf('recipients of a province, beside turf', rate(context, search), '/s', { ratioAtLeast: 100 }, turf),
  );
}

const WINDOW_MS = 250;

/**
 * How often in a second of processor time, in the best window of a run, as the scripts of the peers take their best. Processor time and
 * not the clock: what else the machine does would otherwise count for whoever happens to have its turn.
 */
function rate({ seconds }: BenchContext, work: () => unknown): number {
  let used = 0;
  const window = (): number => {
    const start = processorMs();
    let count = 0;
    while (processorMs() - start < WINDOW_MS) {
      // Used, so that nothing is left out as useless.
      if (work() !== undefined) used += 1;
      count += 1;
    }
    return (count / (processorMs() - start)) * 1_000;
  };
  window();
  const windows = Array.from({ length: Math.max(3, Math.ceil((seconds * 1_000) / WINDOW_MS)) }, window);
  if (used === 0) throw new Error('nothing was done');
  return Math.max(...windows);
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function sample(): Alert {
  const info = (language: string, text: string): Alert['info'][number] => ({
    language,
    category: ['Met'],
    event: 'Flood',
    responseType: ['Evacuate', 'Prepare'],
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Likely',
    audience: null,
    eventCode: [{ valueName: 'OET:v1.2', value: 'OET-063' }],
    effective: '2026-09-10T14:05:00+07:00',
    onset: '2026-09-10T18:00:00+07:00',
    expires: '2026-09-11T06:00:00+07:00',
    senderName: 'Synthetic sender of a bench',
    headline: text.slice(0, 80),
    description: `${language}: ${text}`,
    instruction: text.slice(10, 120),
    web: 'https://example.org/alerts/1',
    contact: 'duty@example.org',
    parameter: [{ valueName: 'level', value: '3' }],
    resource: [],
    area: [
      {
        areaDesc: 'A synthetic area',
        polygon: [
          [
            [21.1, 105.7],
            [21.1, 105.95],
            [20.9, 105.95],
            [20.9, 105.7],
            [21.1, 105.7],
          ],
        ],
        circle: [],
        geocode: [{ valueName: 'ISO3166-2', value: 'VN-HN' }],
        altitude: null,
        ceiling: null,
      },
    ],
  });
  const text =
    'The river is forecast to pass alarm level three within six hours; leave low ground, keep off flooded roads. '.repeat(
      5,
    );
  return soundAlert({
    note: 'a bench',
    info: [info('en', text), info('vi-VN', text.replaceAll('river', 'sông').replaceAll('level', 'mức'))],
  });
}

/** Half in clusters, half anywhere in the box of Viet Nam; the same each time. */
function points(): Float64Array {
  let state = 0x2545f491;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = Array.from({ length: 60 }, (): Position => [8.5 + random() * 15, 102 + random() * 8]);
  const found = new Float64Array(POINTS * 2);
  for (let at = 0; at < found.length; at += 2) {
    const centre = centres[Math.floor(random() * centres.length)] ?? [16, 106];
    const near = random() < 0.5;
    found[at] = near ? centre[0] + (random() + random() - 1) * 0.4 : 8.5 + random() * 15;
    found[at + 1] = near ? centre[1] + (random() + random() - 1) * 0.4 : 102 + random() * 8;
  }
  return found;
}

/** A ragged ring of the size of a province. */
function province(): Position[] {
  const ring = Array.from({ length: VERTICES - 1 }, (_, index): Position => {
    const angle = (index / (VERTICES - 1)) * 2 * Math.PI;
    const radius = 0.7 + 0.16 * Math.sin(angle * 17) + 0.08 * Math.sin(angle * 61);
    return [21 + radius * Math.sin(angle), 105.6 + radius * Math.cos(angle)];
  });
  const first = ring[0];
  return first ? [...ring, first] : ring;
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
