import { describe, expect, it } from 'vitest';
import {
  firstDispatchFor,
  firstMeasuresFor,
  limitOf,
  provinceAt,
  telephoneText,
  timerFor,
  UnknownCode,
} from './questions.ts';
import { vietNam } from './viet-nam.ts';

describe('a timer', () => {
  it('is shorter for a hospital', () => {
    expect(timerFor(vietNam, 'owner.answer', { category: 'hospital', province: '01' })).toMatchObject({
      seconds: 30,
      because: 'category',
    });
    expect(timerFor(vietNam, 'owner.answer', { category: 'office' })).toMatchObject({
      seconds: 60,
      because: 'default',
    });
  });

  it('takes a province after a category and before the default', () => {
    const timers = vietNam.timers.map((t) =>
      t.code === 'owner.answer' ? { ...t, byProvince: { '01': 45 } } : t,
    );
    expect(timerFor({ timers }, 'owner.answer', { category: 'office', province: '01' })).toMatchObject({
      seconds: 45,
      because: 'province',
    });
    expect(timerFor({ timers }, 'owner.answer', { category: 'hospital', province: '01' }).seconds).toBe(30);
  });

  it('that does not exist is an error, not a guess', () => {
    expect(() => timerFor(vietNam, 'owner.anwser')).toThrow(UnknownCode);
    expect(() => limitOf(vietNam, 'nothing')).toThrow('the country pack has no limit "nothing"');
  });
});

describe('the first measures and the first dispatch', () => {
  it('close the gas only where there is gas', () => {
    const codes = (category: string) => firstMeasuresFor(vietNam, category).map((m) => m.code);
    expect(codes('petrol-station')).toContain('close-gas');
    expect(codes('school')).not.toContain('close-gas');
    expect(codes('school')[0]).toBe('alert-people');
  });

  it('fall back to two engines', () => {
    expect(firstDispatchFor(vietNam, 'office').resources).toEqual([{ kind: 'engine', count: 2 }]);
    expect(firstDispatchFor(vietNam, 'market').resources[0]).toEqual({ kind: 'engine', count: 4 });
  });
});

describe('the province at a point', () => {
  it.each([
    ['Hà Nội', [105.85, 21.03], '01'],
    ['Hồ Chí Minh City', [106.7, 10.78], '79'],
    ['Phú Lâm, Hoàng Sa', [112.34, 16.83], '48'],
    ['the open sea', [111, 13], undefined],
  ] as const)('%s', (_, point, code) => {
    expect(provinceAt(vietNam, point)?.code).toBe(code);
  });
});

describe('a telephone text', () => {
  const values = { facility: 'Chợ $1 {zone}', address: '1 Lê Lợi', zone: 'Tầng 1', time: '03:00' };

  it('is filled, and takes values as they are', () => {
    expect(telephoneText(vietNam, 'call.alarm', 'vi', values)).toContain(
      'tại Chợ $1 {zone}, 1 Lê Lợi, vị trí Tầng 1',
    );
  });

  it('never leaves a placeholder to be read out', () => {
    const { address: _, ...without } = values;
    expect(() => telephoneText(vietNam, 'call.alarm', 'en', without)).toThrow('value for {address}');
  });
});
