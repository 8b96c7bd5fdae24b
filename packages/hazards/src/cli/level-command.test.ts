import { describe, expect, it } from 'vitest';
import { main } from '../cli.ts';
import { inventedBulletins, inventedCountry } from '../levels/testing/invented-country.ts';

function run(
  text: string,
  countries = { invented: { rules: inventedCountry, bulletins: inventedBulletins } },
) {
  let out = '';
  let error = '';
  const terminal = {
    out: (one: string) => {
      out += one;
    },
    error: (one: string) => {
      error += one;
    },
  };
  const code = main(text.split(' '), terminal, countries);
  return { code, out, error };
}

describe('hazards level, rules, bulletins', () => {
  it('gives a level with its article; a value may bring its unit', () => {
    const { code, out } = run('level --hazard sandstorm desert=rock --wind 64.8km/h hours=2');
    expect([code, out]).toEqual([0, expect.stringContaining('LEVEL 2  [Article 7, clause 2]')]);
    expect(out).toContain('wind = 18 m/s');
  });

  it('says what is needed, and exits with 1', () => {
    const { code, out } = run('level sandstorm --desert rock wind=18');
    expect([code, out]).toEqual([1, expect.stringContaining('CANNOT BE ASSESSED, needs hours')]);
  });

  it('takes a choice and gives JSON', () => {
    const { out } = run(
      'level --hazard sandstorm desert=dune wind=22 hours=2 --choice dune-20-25=two --json',
    );
    expect(JSON.parse(out)).toMatchObject({ kind: 'level', level: 2, country: 'invented' });
  });

  it.each([
    ['level --hazard meteor', '--hazard must be one of'],
    ['level --hazard sandstorm rain=1', 'not rain'],
    ['level --hazard sandstorm wind=fast', 'is no number'],
    ['level --hazard sandstorm wind=3hPa', 'cannot be given in'],
    ['level --hazard sandstorm --choice calm', 'CHOICE=ALTERNATIVE'],
    ['level --hazard sandstorm --choice calm=9', 'has no alternative 9'],
    ['level --country moon --hazard sandstorm', '--country must be one of'],
    ['bulletins sand=yes', '--time wants'],
    ['bulletins --level 9', 'nobody is named'],
  ])('%s is wrong usage', (text, message) => {
    const { code, error } = run(text);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  it('knows no country by itself', () => {
    expect(run('rules', {} as never)).toMatchObject({
      code: 2,
      error: expect.stringContaining('no country pack'),
    });
  });

  it('lists rules and bulletins', () => {
    expect(run('rules --hazard river').out).toContain('level [mark, mark + 0.3)');
    expect(run('bulletins --time 2026-02-27T12:00:00Z sand=yes hoursAway=6').out).toContain(
      'due now, next 2026-02-27T15:30',
    );
    expect(run('bulletins --level 1').out).toContain('the mayor');
  });
});
