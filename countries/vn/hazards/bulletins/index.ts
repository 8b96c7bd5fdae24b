import type { BulletinRules, CommandRule } from '@keng/hazards';
import { words } from '../write.ts';
import { deliveries, repeats } from './delivery.ts';
import { bulletinFacts } from './facts.ts';
import { bulletinKinds } from './kinds.ts';

/** Decree 66/2021, Articles 4 and 7 to 11. */
const command: readonly CommandRule[] = [
  {
    level: 1,
    commands: words(
      'Chủ tịch Ủy ban nhân dân cấp xã trực tiếp chỉ huy',
      'the chair of the commune commands',
      'командует председатель общины',
      '乡级人民委员会主席直接指挥',
    ),
    may: words(
      'huy động nguồn lực tại chỗ; vượt khả năng thì đề nghị cấp trên hỗ trợ (cấp huyện không còn từ 01/7/2025)',
      'use local resources; ask upwards beyond them (the district step ended on 1 July 2025)',
      'использует местные силы; при нехватке просит вышестоящих (районов нет с 01.07.2025)',
      '动用当地资源；超出能力时请求上级（县级自2025年7月1日取消）',
    ),
    source: 'Nghị định 66/2021, Điều 7',
    directionEveryMinutes: 180,
  },
  {
    level: 2,
    commands: words(
      'Chủ tịch Ủy ban nhân dân cấp tỉnh chỉ huy',
      'the chair of the province commands',
      'командует председатель провинции',
      '省级人民委员会主席指挥',
    ),
    may: words(
      'huy động quân đội, công an, dân quân, tìm kiếm cứu nạn; vượt khả năng thì đề nghị Ban Chỉ đạo quốc gia',
      'call army, police, militia, rescue; ask the national committees beyond them',
      'привлекает армию, полицию, ополчение, спасателей; при нехватке просит национальные комитеты',
      '调动军队、公安、民兵、救援力量；超出能力时请求国家委员会',
    ),
    source: 'Nghị định 66/2021, Điều 8',
    directionEveryMinutes: 180,
  },
  {
    level: 3,
    commands: words(
      'Ban Chỉ đạo quốc gia về phòng, chống thiên tai chỉ đạo; Chủ tịch tỉnh chỉ huy trên địa bàn',
      'the National Steering Committee directs; the chair of the province commands there',
      'руководит Национальный комитет; в провинции командует её председатель',
      '国家防灾指导委员会领导；省主席在本省指挥',
    ),
    may: words(
      'Ủy ban Quốc gia ứng phó sự cố, thiên tai và Tìm kiếm cứu nạn bố trí lực lượng; các bộ theo lĩnh vực',
      'the rescue committee places forces; ministries act in their fields',
      'комитет спасения размещает силы; министерства действуют по своим отраслям',
      '国家救援委员会部署力量；各部按职责行动',
    ),
    source: 'Nghị định 66/2021, Điều 9',
    directionEveryMinutes: 180,
  },
  {
    level: 4,
    commands: words(
      'Thủ tướng Chính phủ chỉ đạo',
      'the Prime Minister directs',
      'руководит премьер-министр',
      '政府总理领导',
    ),
    may: words(
      'có thể thành lập Ban chỉ đạo tiền phương',
      'a forward command may be set up',
      'может быть создан передовой штаб',
      '可设立前方指挥部',
    ),
    source: 'Nghị định 66/2021, Điều 10',
    directionEveryMinutes: 60,
  },
  {
    level: 5,
    commands: words(
      'Thủ tướng Chính phủ chỉ đạo; đề nghị Chủ tịch nước ban bố tình trạng khẩn cấp về thiên tai',
      'the Prime Minister directs; the President is asked to declare a state of emergency',
      'руководит премьер-министр; президента просят объявить чрезвычайное положение',
      '政府总理领导；提请国家主席宣布灾害紧急状态',
    ),
    may: words(
      'theo pháp luật về tình trạng khẩn cấp',
      'by the law on the state of emergency',
      'по закону о чрезвычайном положении',
      '依紧急状态法律',
    ),
    source: 'Nghị định 66/2021, Điều 11',
    directionEveryMinutes: 60,
  },
];

/** Bulletins of Decision 18/2021, Articles 8 to 41, and who commands. Keng relays and evaluates; it issues none of them. */
export const vietNamBulletins: BulletinRules = {
  source: 'Quyết định 18/2021/QĐ-TTg, Điều 8-41; Nghị định 66/2021/NĐ-CP, Điều 4, 7-11',
  utcOffsetMinutes: 420,
  facts: bulletinFacts,
  bulletins: bulletinKinds,
  deliveries,
  repeats,
  command,
  commandNote: words(
    'Điều 7-9 Nghị định 66/2021 đã được sửa bởi Nghị định 53/2026 (chính quyền hai cấp); văn bản sửa đổi chưa đọc được.',
    'Articles 7-9 of Decree 66/2021 were amended by Decree 53/2026 (two-tier government); the amended text was not read.',
    'Статьи 7-9 Постановления 66/2021 изменены Постановлением 53/2026; изменённый текст не прочитан.',
    '第66/2021号议定第7-9条已由第53/2026号议定修订；修订文本未读。',
  ),
};
