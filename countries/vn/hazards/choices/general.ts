import { cautious, choice } from './write.ts';

/** Choices that concern several articles. The number is the defect of the handbook's list. */
export const generalChoices = [
  choice({
    id: 'overlap.highest',
    article: '42-56',
    defect: 11,
    label: ['Nhiều quy định cùng đúng', 'Several rules hold at once'],
    alternatives: {
      highest: ['lấy mức cao nhất', 'the highest counts'],
      lowest: ['lấy mức thấp nhất', 'the lowest counts'],
      'a-person-decides': ['không có cấp độ, người trực quyết định', 'no level, a person decides'],
    },
    reason: [
      'Khoản 7 Điều 45 và khoản 4 Điều 46 lấy mức cao nhất; các điều khác không nói, áp dụng tương tự.',
      'Articles 45.7 and 46.4 take the highest; the others are silent and are read alike.',
    ],
    question: [
      'Ở các điều không quy định, có lấy mức cao nhất khi nhiều trường hợp cùng đúng không?',
      'Where an article does not say so, does the highest level count when several cases hold?',
    ],
  }),
  choice({
    id: 'observation.same-table',
    article: '42-54',
    label: ['Giá trị đo được theo bảng của giá trị dự báo', 'Measured values by the table for forecasts'],
    alternatives: {
      'same-table': [
        'dùng cùng bảng, ghi rõ là theo quan trắc',
        'the same table, named as driven by observation',
      ],
      'forecast-only': ['không đánh giá từ giá trị đo', 'measured values give no level'],
    },
    reason: [
      'Điều 42-54 nói "dự báo", "cảnh báo"; giá trị đo vượt ngưỡng không thể kém nguy hiểm hơn dự báo.',
      'Articles 42-54 say "forecast" or "warning"; a measured value is no less dangerous than a forecast one.',
    ],
    question: [
      'Giá trị quan trắc được có được dùng để xác định cấp độ theo Điều 42-54 không?',
      'May measured values set a level under Articles 42-54?',
    ],
  }),
  choice({
    id: 'coincidence.raise',
    article: '4.4',
    defect: 11,
    label: [
      'Nâng cấp khi nhiều thiên tai cùng lúc: nâng cấp nào',
      'Coinciding hazards: which level is raised',
    ],
    alternatives: {
      'the-highest': ['nâng cấp cao nhất trong các thiên tai', 'the highest of the hazards'],
      each: ['mỗi thiên tai một đề nghị', 'a proposal for each hazard'],
    },
    reason: cautious,
    question: [
      'Khoản 4 Điều 4: nâng cấp của từng thiên tai hay cấp cao nhất của khu vực?',
      'Article 4.4: is the level of each hazard raised, or the highest of the area?',
    ],
  }),
  choice({
    id: 'units.province',
    article: '44, 52',
    defect: 6,
    label: ['"1 tỉnh" là tỉnh nào', 'Which province "one province" is'],
    alternatives: {
      present: ['34 tỉnh, thành phố hiện nay', 'one of the present 34'],
      'of-2021': ['63 tỉnh, thành phố năm 2021', 'one of the 63 of 2021'],
    },
    reason: [
      'Người nhận tin là tỉnh hiện nay; cấp huyện không còn từ 01/7/2025 nên đếm theo xã.',
      'Who is addressed is the present province; districts ended on 1 July 2025, so communes are counted.',
    ],
    question: [
      'Sau sáp nhập, "1/2 số huyện, xã của 1 tỉnh" tính theo tỉnh mới hay tỉnh năm 2021?',
      'After the mergers, is "half of the districts and communes of one province" of the new province or that of 2021?',
    ],
  }),
] as const;
