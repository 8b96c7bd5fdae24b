import { describe, expect, it } from 'vitest';
import { describeAddress, externalAddress } from './database-address.ts';
import { choiceOf, HostChoice, splitHosts, withHost } from './database-hosts.ts';
import { loadSettings } from './settings.ts';

describe('several hosts in DATABASE_URL', () => {
  it.each([
    [
      'postgresql://u:p%40@a:5432,b:5433/keng?x=1',
      'postgresql://u:p%40@a:5432/keng?x=1',
      ['a 5432', 'b 5433'],
    ],
    ['postgresql://u@a,b/keng', 'postgresql://u@a:5432/keng', ['a 5432', 'b 5432']],
    ['postgresql://u@[::1]:1,[fe80::2]/k', 'postgresql://u@[::1]:1/k', ['[::1] 1', '[fe80::2] 5432']],
    ['postgresql://u@a:5432/keng', 'postgresql://u@a:5432/keng', []],
  ])('%s', (given, url, hosts) => {
    const found = splitHosts(given);
    expect(found.url).toBe(url);
    expect(found.hosts.map((one) => `${one.host} ${one.port}`)).toEqual(hosts);
  });

  it.each([
    'postgresql://u@a:0,b/k',
    'postgresql://u@a:x,b/k',
    'postgresql://u@,b/k',
    'postgresql://u@a,b:99999/k',
  ])('%s is refused', (url) => {
    expect(() => externalAddress(url)).toThrow(/DATABASE_URL cannot be used/);
  });

  it('a message names all hosts and no password', () => {
    expect(describeAddress(externalAddress('postgresql://u:secret@a:1,b:2/keng'))).toBe('keng at a:1,b:2');
    expect(withHost('postgresql://u:secret@a:1/keng', { host: 'b', port: 2 })).toBe(
      'postgresql://u:secret@b:2/keng',
    );
  });

  it('a password among arguments is refused, however many hosts there are', () => {
    const load = (url: string) => loadSettings({ flags: { 'database-url': url }, env: {} });
    expect(() => load('postgresql://u:secret@a:1,b:2/keng')).toThrow(/holds a password/);
    expect(load('postgresql://u@a:1,b:2/keng').databaseUrl).toBe('postgresql://u@a:1,b:2/keng');
  });
});

describe('the choice among hosts', () => {
  const hosts = [
    { host: 'a', port: 1 },
    { host: 'b', port: 2 },
  ];

  it('goes to the next when one fails, round and round, and late news of another changes nothing', () => {
    const choice = new HostChoice(hosts);
    choice.failed(hosts[0]);
    expect(choice.current).toBe(hosts[1]);
    choice.failed(hosts[0]);
    expect(choice.current).toBe(hosts[1]);
    choice.failed(hosts[1]);
    expect(choice.current).toBe(hosts[0]);
  });

  it('is one for all pools of the process, and none where there is nothing to choose', () => {
    expect(choiceOf(hosts)).toBe(choiceOf([...hosts]));
    expect(choiceOf(hosts.slice(1))).toBeUndefined();
    expect(choiceOf(undefined)).toBeUndefined();
  });
});
