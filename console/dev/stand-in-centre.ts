import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { vietNam } from '@keng/country-vn';
import { type AnyEntry, type IncidentId, permissionsOf, type Role } from '@keng/model';
import { act } from './stand-in-actions.ts';
import { StandInLog } from './stand-in-log.ts';

const port = Number(process.env.PORT ?? 8115);
const log = new StandInLog(Number(process.env.FACILITIES ?? 3_000));
log.past(Number(process.env.ALARMS ?? 24));
const dist = join(import.meta.dirname, '..', 'dist');

let login: string | null = null;
let expired = false;
let storage = 'ok';
let silentUntil = 0;
let world = 'live';
const silent = () => Date.now() < silentUntil;

const ROLES: Readonly<Record<string, { readonly role: Role; readonly organisation: string | null }>> = {
  'truc-ban': { role: 'dispatcher', organisation: 'VN-PC07-01' },
  'quoc-gia': { role: 'national-duty-officer', organisation: 'VN-C07' },
  doi: { role: 'station-officer', organisation: 'VN-ST-01-01' },
  'quan-tri': { role: 'administrator', organisation: null },
};

function sessionView(name: string) {
  const { role, organisation } = ROLES[name] ?? { role: 'dispatcher', organisation: 'VN-PC07-01' };
  const user = {
    id: '019a0000-0000-7000-8000-000000000001',
    login: name,
    name: 'Trực ban (giả lập)',
    roles: [role],
    permissions: [...permissionsOf([role])],
    organisation,
    scope: '*',
    facilities: [],
    language: 'vi',
  };
  return { user, csrf: 'stand-in', world, language: 'vi', expired };
}

const organisations = [
  ...vietNam.organisations.map((one) => ({ ...one, name: one.names, areaCode: one.province })),
  ...log.data.stations.map((one) => ({
    code: one.code,
    level: 'station',
    parent: one.parent,
    name: { vi: one.name, en: one.nameEn, ru: one.nameRu, zh: one.nameZh },
    areaCode: one.province,
  })),
];

/** As the centre writes it: each incident a line of its own. */
function snapshot(): string {
  const states = [...log.states.values()];
  const open = states.filter(({ status }) => status === 'open').length;
  const counts = {
    position: log.position,
    now: new Date().toISOString(),
    open,
    closed: states.length - open,
  };
  const head = JSON.stringify({ ...counts, refused: [], works: [], silent: [], absences: [], setAside: 0 });
  const lines = states.map((state) => JSON.stringify(state)).join(',\n');
  return `${head.slice(0, -1)},"incidents":[\n${lines}\n]}\n`;
}

function facilityMap(cursor: number) {
  const page = log.data.facilities.slice(cursor, cursor + 20_000);
  const facilities = page.map((one) => [one.code, one.position[0], one.position[1], one.category, one.name]);
  return { facilities, next: cursor + 20_000 < log.data.facilities.length ? cursor + 20_000 : null };
}

function feed(after: number, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (entries: readonly AnyEntry[]) => {
    if (silent() || entries.length === 0) return;
    response.write(`event: entries\nid: ${log.position}\ndata: ${JSON.stringify(entries)}\n\n`);
  };
  const tick = () => {
    if (silent()) return;
    const data = {
      position: log.position,
      now: new Date().toISOString(),
      storage,
      since: storage === 'ok' ? null : new Date().toISOString(),
    };
    response.write(`event: tick\ndata: ${JSON.stringify(data)}\n\n`);
  };
  tick();
  send(log.entries.slice(after));
  const timer = setInterval(tick, 1_000);
  log.listeners.add(send);
  response.on('close', () => {
    clearInterval(timer);
    log.listeners.delete(send);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
const problem = (response: ServerResponse, status: number, code: string) =>
  json(response, { type: `urn:keng:problem:${code}`, title: code, status, code }, status);

async function api(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const path = url.pathname.slice('/api'.length);
  const write = request.method !== 'GET';
  if (silent() && write) return;
  if (path === '/session') {
    if (request.method === 'POST') {
      login = String((await bodyOf(request)).login);
      expired = false;
    }
    if (request.method === 'DELETE') login = null;
    return login === null ? problem(response, 401, 'session.missing') : json(response, sessionView(login));
  }
  if (login === null || (expired && write)) return problem(response, 401, 'session.missing');
  if (path === '/desk/snapshot') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(snapshot());
    return;
  }
  if (path === '/feed')
    return silent() ? undefined : feed(Number(url.searchParams.get('after') ?? 0), response);
  if (path === '/country') return json(response, { ...vietNam, areas: undefined });
  if (path === '/organisations') return json(response, { organisations });
  if (path === '/areas/provinces') return json(response, vietNam.areas.topology);
  if (path === '/facilities/map')
    return json(response, facilityMap(Number(url.searchParams.get('cursor') ?? 0)));
  const [, kind, id, action] = path.split('/');
  if (kind !== 'incidents' || id === undefined) return problem(response, 404, 'http.404');
  const incidentId = id as IncidentId;
  if (action === 'chronology') {
    return json(response, { entries: log.entries.filter((entry) => entry.subject === id), next: null });
  }
  if (write) {
    const refused = act(log, incidentId, action ?? '', await bodyOf(request));
    if (refused !== null) return problem(response, 409, refused);
  }
  const state = log.states.get(incidentId);
  return state ? json(response, state) : problem(response, 404, 'incident.not-found');
}

function develop(url: URL, response: ServerResponse): void {
  const { searchParams: query } = url;
  if (url.pathname === '/dev/cut') silentUntil = Date.now() + Number(query.get('seconds') ?? 8) * 1_000;
  if (url.pathname === '/dev/storage') storage = query.get('state') ?? 'ok';
  if (url.pathname === '/dev/expire') expired = true;
  if (url.pathname === '/dev/world') world = query.get('name') ?? 'live';
  if (url.pathname === '/dev/alarm') for (let n = Number(query.get('count') ?? 1); n > 0; n -= 1) log.alarm();
  json(response, { position: log.position });
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function file(url: URL, response: ServerResponse): void {
  const wanted = join(dist, normalize(url.pathname));
  const found =
    wanted.startsWith(dist) && existsSync(wanted) && statSync(wanted).isFile()
      ? wanted
      : join(dist, 'index.html');
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' });
  createReadStream(found).pipe(response);
}

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith('/dev/')) return develop(url, response);
  if (!url.pathname.startsWith('/api/')) return file(url, response);
  api(request, response, url).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    problem(response, 500, 'http.500');
  });
}).listen(port, '127.0.0.1', () => process.stdout.write(`stand-in centre on http://127.0.0.1:${port}\n`));

const rate = Number(process.env.RATE ?? 0);
if (rate > 0) setInterval(() => Array.from({ length: Math.ceil(rate / 10) }, () => log.alarm()), 100);
