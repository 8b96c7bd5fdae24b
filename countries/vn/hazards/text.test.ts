import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkCountryRules } from '@keng/hazards';
import { describe, expect, it } from 'vitest';
import {
  annexStations,
  coastsOfLaw,
  flashFloodAreas,
  regionsOfLaw,
  vietNamBulletins,
  vietNamFireClasses,
  vietNamHazards,
  vietNamWindScale,
} from './index.ts';
import { readReference, referencePresent } from './testing/reference.ts';

const levels = resolve(import.meta.dirname, '../../../packages/hazards/src/levels');

describe('the rules of Viet Nam', () => {
  it('are sound', () => {
    expect(checkCountryRules(vietNamHazards)).toEqual([]);
  });

  it('have a table for each of the Articles 42 to 56, once', () => {
    expect(vietNamHazards.tables.map(({ article }) => Number(article))).toEqual(
      Array.from({ length: 15 }, (_, at) => 42 + at),
    );
  });

  it('are numbered as their article, clause and point', () => {
    for (const table of vietNamHazards.tables)
      for (const { id, article, clause, point, level } of table.rules) {
        expect(article, id).toBe(table.article);
        if (typeof level === 'object') expect(id).toBe(`gap:${level.choice}`);
        else expect(id).toBe([article, clause, point].filter(Boolean).join('.'));
      }
  });

  it('stand in a clause whose level they give', () => {
    // Article 43, 50: their first clause is level 2; Article 42: level 3.
    const first: Readonly<Record<string, number>> = { '42': 3, '43': 2, '50': 2 };
    for (const { article, rules } of vietNamHazards.tables)
      for (const { id, clause, level } of rules)
        if (typeof level === 'number') expect(level, id).toBe(Number(clause) + (first[article] ?? 1) - 1);
  });

  it('reach the levels that the articles reach', () => {
    const reached = Object.fromEntries(
      vietNamHazards.tables.map(({ hazard, rules }) => [
        hazard,
        [...new Set(rules.flatMap(({ level }) => (typeof level === 'number' ? [level] : [])))]
          .sort()
          .join(''),
      ]),
    );
    expect(reached).toEqual({
      storm: '345',
      surge: '2345',
      rain: '1234',
      flood: '12345',
      'flash-flood': '123',
      heat: '1234',
      drought: '1234',
      salinity: '1234',
      'sea-wind': '23',
      fog: '12',
      'tornado-lightning-hail': '12',
      'cold-frost': '123',
      wildfire: '12345',
      earthquake: '12345',
      tsunami: '12345',
    });
  });

  it('take a measured value for a forecast one only by choice, and the highest only where the text says so', () => {
    for (const { hazard, overlap, observation } of vietNamHazards.tables) {
      if (!['earthquake', 'tsunami'].includes(hazard)) expect(observation, hazard).not.toBe('written');
      if ('clause' in overlap) expect(overlap.clause).toEqual({ article: '46', clause: '4' });
    }
    expect(vietNamHazards.tables.find(({ hazard }) => hazard === 'flood')?.atStations).toEqual({
      article: '45',
      clause: '7',
    });
  });

  it('mark every colour as unofficial: the law names none by value', () => {
    expect(vietNamHazards.levels.map(({ level }) => level)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { screen } of vietNamHazards.levels) expect(screen.unofficial).toBe(true);
  });

  it('answer every defect of the handbook by at least one choice', () => {
    const answered = new Set(vietNamHazards.choices.map(({ defect }) => defect).filter(Boolean));
    expect([...answered].sort((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

/** Every text in several languages below a value, with its place. */
function textsBelow(value: unknown, at: string): readonly (readonly [string, Record<string, unknown>])[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('vi' in value) return [[at, value as Record<string, unknown>]];
  return Object.entries(value).flatMap(([name, part]) => textsBelow(part, `${at}.${name}`));
}

describe('the words of rules, choices, bulletins and commands', () => {
  const texts = [
    ...textsBelow(vietNamHazards, 'hazards'),
    ...textsBelow(vietNamBulletins, 'bulletins'),
    ...textsBelow(vietNamFireClasses, 'fire classes'),
    ...textsBelow(vietNamWindScale, 'wind scale'),
  ];

  it('are found: of each choice, each bulletin and each table', () => {
    const { choices, tables } = vietNamHazards;
    const { bulletins } = vietNamBulletins;
    const least = 5 * choices.length + tables.length + bulletins.length;
    expect(texts.length).toBeGreaterThan(least);
  });

  it('are there in Vietnamese, English, Russian and Chinese, each in its own letters', () => {
    const letters: Readonly<Record<string, RegExp>> = {
      vi: /\p{Script=Latin}/u,
      en: /\p{Script=Latin}/u,
      ru: /\p{Script=Cyrillic}/u,
      zh: /\p{Script=Han}/u,
    };
    const lacking = texts.flatMap(([at, text]) =>
      Object.entries(letters)
        .filter(([language, own]) => !own.test(String(text[language] ?? '')))
        .map(([language]) => `${at} in ${language}`),
    );
    expect(lacking).toEqual([]);
  });

  it('ask a question with the same thresholds in each language', () => {
    // Of one digit are levels, clauses and halves, which a language may write as a word.
    const thresholds = (text: unknown): string =>
      [...new Set(String(text).match(/\d{2,}/g))].sort().join(' ');
    for (const { id, label, question } of vietNamHazards.choices)
      for (const { vi, ru, zh } of [label, question])
        for (const text of [ru, zh]) expect(`${id}: ${thresholds(text)}`).toBe(`${id}: ${thresholds(vi)}`);
  });
});

describe.skipIf(!referencePresent)('the text of the decision', () => {
  const text = referencePresent ? readReference('hazards/vn/qd18-2021_full_articles_vi.txt') : '';
  const articleOf = (number: string) =>
    new RegExp(`\\nĐiều 24\\.10\\.QĐ\\.5\\.${number}\\. [\\s\\S]*?(?=\\nĐiều 24\\.10|$)`).exec(text)?.[0] ??
    '';

  it('has every point that a rule names, and no point without a rule', () => {
    for (const { article, rules } of vietNamHazards.tables) {
      const points: string[] = [];
      let clause = '';
      for (const line of articleOf(article).split('\n')) {
        clause = /^(\d)\. /.exec(line)?.[1] ?? clause;
        const point = /^([a-zđ])\) /.exec(line)?.[1];
        if (point !== undefined) points.push(`${article}.${clause}.${point}`);
        else if (/^\d\. .*cấp độ \d (xảy ra )?khi/.test(line)) points.push(`${article}.${clause}`);
      }
      if (article === '49') points.push('49.5');
      const ours = rules.filter(({ level }) => typeof level !== 'object').map(({ id }) => id);
      expect(ours, article).toEqual(points.sort((a, b) => ours.indexOf(a) - ours.indexOf(b)));
    }
  });

  it('has every number of our rules in the same point', () => {
    const roman: Readonly<Record<string, string>> = {
      '5': 'V',
      '6': 'VI',
      '7': 'VII',
      '8': 'VIII',
      '9': 'IX',
      '10': 'X',
      '11': 'XI',
      '12': 'XII',
    };
    for (const { article, rules } of vietNamHazards.tables) {
      const whole = articleOf(article);
      for (const rule of rules) {
        if (typeof rule.level !== 'number') continue;
        // Cases under a choice are readings of the text, not its words.
        for (const { when, under } of rule.cases) {
          if (under) continue;
          for (const [name, matcher] of Object.entries(when)) {
            if ('oneOf' in matcher) continue;
            // A depression is one of force 6 to 7 (Article 5.6); the article says "depression".
            if (rule.id === '42.1.a' && name === 'wind') continue;
            for (const bound of [matcher.min, matcher.max]) {
              const number = typeof bound === 'number' ? bound : bound?.plus;
              if (number === undefined) continue;
              const forms = [String(number).replace('.', ','), `${number},0`, roman[String(number)] ?? '-'];
              const found = forms.some((form) => new RegExp(`(^|[^\\d,])${form}($|[^\\d])`).test(whole));
              // Wildfire says "lasting", which is at least one day.
              expect(found || (name === 'days' && number === 1), `${rule.id} ${name} ${number}`).toBe(true);
            }
          }
        }
      }
    }
  });

  it('has every article and clause that a bulletin, a delivery or a repetition names', () => {
    const named = [
      ...vietNamBulletins.bulletins.flatMap((one) => [one, one.scheduleAt]),
      ...vietNamBulletins.deliveries,
      ...vietNamBulletins.repeats,
    ];
    for (const { article, clause, point } of named) {
      const whole = articleOf(article);
      expect(whole, article).not.toBe('');
      if (clause === undefined) continue;
      const lines = whole.split('\n');
      const start = lines.findIndex((line) => line.startsWith(`${clause}. `));
      expect(start, `${article}.${clause}`).toBeGreaterThan(0);
      const next = lines.findIndex((line, at) => at > start && /^\d+\. /.test(line));
      const body = lines.slice(start, next < 0 ? undefined : next);
      if (point !== undefined)
        expect(
          body.some((line) => line.startsWith(`${point}) `)),
          `${article}.${clause}.${point}`,
        ).toBe(true);
    }
  });

  it('has every regular time of a bulletin in the article of its times', () => {
    for (const { id, schedule, scheduleAt } of vietNamBulletins.bulletins) {
      const whole = articleOf(scheduleAt.article);
      for (const time of schedule.times ?? []) {
        if (schedule.monthDays) continue;
        const [hours, minutes] = time.split(':');
        const found = new RegExp(`(^|\\D)0?${Number(hours)} giờ ${minutes}`).test(whole);
        // "Vào 9 giờ 00" and "vào lúc 9 giờ 00"; wave bulletins have the times of clause 2.
        expect(found, `${id} ${time}`).toBe(true);
      }
    }
  });
});

describe('what is second-hand', () => {
  it.skipIf(!referencePresent)('agrees with the transcription at hand, station by station', () => {
    const lines = readReference('hazards/vn/qd18-2021_annex13_flood_station_areas.csv')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    expect(annexStations).toHaveLength(lines.length);
    const count = (area: string) => annexStations.filter((one) => one.area === area).length;
    expect(['1', '2', '3', '4'].map(count)).toEqual([60, 138, 44, 3]);
    const theirs = lines.map((line) => {
      const [area, , , river = '', station = ''] = line.split(',');
      // One row has its station in the column of the river.
      return station === '' ? `${area} ?: ${river}` : `${area} ${river}: ${station}`;
    });
    const ours = annexStations.map(({ area, river, station }) => `${area} ${river}: ${station}`);
    expect(ours.sort()).toEqual(theirs.sort());
  });

  it.skipIf(!referencePresent)('and so do the areas of Annex XII table 5', () => {
    const lines = readReference('hazards/vn/qd18-2021_annex12_table5_flashflood_areas.csv')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    const ours = Object.entries(flashFloodAreas).flatMap(([area, names]) =>
      area.split('-and-').flatMap((one) => names.map((name) => `${one},${name}`)),
    );
    expect(ours.sort()).toEqual(lines.map((line) => line.trim()).sort());
  });

  it('every province of 2021 lies in one region', () => {
    const names = Object.values(regionsOfLaw).flat();
    expect(names).toHaveLength(63);
    expect(new Set(names).size).toBe(63);
    for (const coast of Object.values(coastsOfLaw).flat()) expect(names).toContain(coast);
    for (const name of Object.values(flashFloodAreas).flat()) expect(names).toContain(name);
  });
});

describe('the engine', () => {
  it('names no place, region, article or word of this country', () => {
    const own = [
      ...Object.keys(regionsOfLaw),
      ...Object.values(regionsOfLaw).flat(),
      ...Object.keys(coastsOfLaw),
      ...[
        'Viet',
        'Việt',
        'vietnam',
        'Nam Bộ',
        'Biển Đông',
        'Decision 18',
        'Quyết định',
        'Điều',
        'country-vn',
      ],
    ];
    const files = readdirSync(levels, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const text = readFileSync(resolve(levels, file), 'utf8');
      expect(
        own.filter((word) => text.includes(word)),
        file,
      ).toEqual([]);
      // Letters that Vietnamese alone writes.
      expect(/[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệ]/.exec(text)?.[0], file).toBeUndefined();
    }
  });
});
