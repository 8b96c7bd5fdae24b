import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../platform/settings.ts';

const folder = fileURLToPath(new URL('../../../operations/systemd', import.meta.url));
const units = fs.readdirSync(folder).filter((name) => name.endsWith('.service'));

/** Section and key to the values, in order; lines that are none of these are faults. */
function read(name: string): { readonly values: Map<string, string[]>; readonly faults: string[] } {
  const values = new Map<string, string[]>();
  const faults: string[] = [];
  let section = '';
  for (const line of fs.readFileSync(path.join(folder, name), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[(Unit|Service|Install)\]$/.exec(line)?.[1];
    const [, key = '', value = ''] = /^([A-Z][A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (header) section = header;
    else if (section === '' || key === '') faults.push(line);
    else values.set(`${section}.${key}`, [...(values.get(`${section}.${key}`) ?? []), value]);
  }
  return { values, faults };
}

describe.each(units)('%s', (name) => {
  const { values, faults } = read(name);

  it('can be read, runs as a normal user, and gives nothing that is not needed', () => {
    expect(faults).toEqual([]);
    expect(values.get('Service.User')).toEqual(['keng']);
    expect(values.get('Service.Restart')).toEqual(['always']);
    // Children must not be told before the parent: it drains receivers first.
    expect(values.get('Service.KillMode')).toEqual(['mixed']);
    for (const on of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices', 'RestrictSUIDSGID'])
      expect(values.get(`Service.${on}`), on).toEqual(['true']);
    expect(values.get('Service.ProtectSystem')).toEqual(['strict']);
    expect(values.get('Service.CapabilityBoundingSet')).toEqual(['']);
  });

  it('starts a program that is there', () => {
    const [command = ''] = values.get('Service.ExecStart') ?? [];
    const files = command.split(' ').filter((part) => /\.(mjs|ts)$/.test(part));
    expect(files).toHaveLength(1);
    for (const file of files) expect(fs.existsSync(path.join(folder, '../..', file)), file).toBe(true);
  });

  // The tool also looks whether the programs of a unit are on this machine.
  const tool = spawnSync('systemd-analyze', ['--version']).status === 0 && fs.existsSync('/usr/bin/node');
  it.skipIf(!tool)('systemd itself finds nothing wrong', () => {
    const own = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-units-'));
    const unit = path.join(own, name.replace('@', '@receiver'));
    fs.copyFileSync(path.join(folder, name), unit);
    const found = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    fs.rmSync(own, { recursive: true });
    expect(found.stderr.split('\n').filter((line) => line.includes('keng'))).toEqual([]);
    expect(found.status).toBe(0);
  });
});

it.each(fs.readdirSync(folder).filter((name) => name.endsWith('.example')))(
  '%s names settings that there are',
  (name) => {
    const known = new Set(Object.values(settingsTable).map((setting) => setting.env));
    const named = [...fs.readFileSync(path.join(folder, name), 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)];
    const unknown = named
      .map((match) => match[1] ?? '')
      .filter((one) => !known.has(one) && !/^KENG_(DATABASE_PASSWORD_[A-Z]+|[A-Z_]+_SECRET)_FILE$/.test(one));
    expect(named.length).toBeGreaterThan(4);
    expect(unknown).toEqual([]);
  },
);
