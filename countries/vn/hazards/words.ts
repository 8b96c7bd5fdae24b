import type { LevelWords } from '@keng/hazards';
import { words } from './write.ts';

const screen = (value: string) => ({ value, unofficial: true as const });

/**
 * Names and colours of Article 4.3. The law names the colours in words and gives no value; the values here are
 * configuration of Keng. Level 0 is not in the law: earthquake bulletins announce it.
 */
export const levelWords: readonly LevelWords[] = [
  {
    level: 0,
    names: words('cấp 0', 'level 0', 'уровень 0', '0级'),
    colour: words('không có', 'none', 'нет', '无'),
    screen: screen('#d9dee3'),
  },
  {
    level: 1,
    names: words('cấp 1, rủi ro thấp', 'level 1, low', 'уровень 1, низкий', '1级，低风险'),
    colour: words('xanh dương nhạt', 'light blue', 'светло-синий', '浅蓝'),
    screen: screen('#8ec9f0'),
  },
  {
    level: 2,
    names: words('cấp 2, rủi ro trung bình', 'level 2, medium', 'уровень 2, средний', '2级，中风险'),
    colour: words('vàng nhạt', 'light yellow', 'светло-жёлтый', '浅黄'),
    screen: screen('#f7e58a'),
  },
  {
    level: 3,
    names: words('cấp 3, rủi ro lớn', 'level 3, large', 'уровень 3, большой', '3级，大风险'),
    colour: words('da cam', 'orange', 'оранжевый', '橙'),
    screen: screen('#f2973b'),
  },
  {
    level: 4,
    names: words('cấp 4, rủi ro rất lớn', 'level 4, very large', 'уровень 4, очень большой', '4级，极大风险'),
    colour: words('đỏ', 'red', 'красный', '红'),
    screen: screen('#d6352b'),
  },
  {
    level: 5,
    names: words('cấp 5, thảm họa', 'level 5, catastrophe', 'уровень 5, катастрофа', '5级，灾难'),
    colour: words('tím', 'purple', 'фиолетовый', '紫'),
    screen: screen('#7b3fa0'),
  },
];
