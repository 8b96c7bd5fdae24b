import { cautious, choice } from './write.ts';

/** Choices that concern several articles. The number is the defect of the handbook's list. */
export const generalChoices = [
  choice({
    id: 'overlap.highest',
    article: '42-56',
    defect: 11,
    label: [
      'Nhiều quy định cùng đúng',
      'Several rules hold at once',
      'Верны сразу несколько правил',
      '多条规定同时成立',
    ],
    alternatives: {
      highest: ['lấy mức cao nhất', 'the highest counts', 'берётся наибольший', '取最高级'],
      lowest: ['lấy mức thấp nhất', 'the lowest counts', 'берётся наименьший', '取最低级'],
      'a-person-decides': [
        'không có cấp độ, người trực quyết định',
        'no level, a person decides',
        'уровня нет, решает дежурный',
        '不定级，由值班员决定',
      ],
    },
    reason: [
      'Khoản 7 Điều 45 và khoản 4 Điều 46 lấy mức cao nhất; các điều khác không nói, áp dụng tương tự.',
      'Articles 45.7 and 46.4 take the highest; the others are silent and are read alike.',
      'Пункт 7 статьи 45 и пункт 4 статьи 46 берут наибольший; остальные молчат и читаются так же.',
      '第45条第7款和第46条第4款取最高级；其他条未规定，比照适用。',
    ],
    question: [
      'Ở các điều không quy định, có lấy mức cao nhất khi nhiều trường hợp cùng đúng không?',
      'Where an article does not say so, does the highest level count when several cases hold?',
      'Если статья об этом молчит, берётся ли наибольший уровень, когда верны несколько случаев?',
      '条文未作规定时，多种情形同时成立是否取最高级？',
    ],
  }),
  choice({
    id: 'observation.same-table',
    article: '42-54',
    label: [
      'Giá trị đo được theo bảng của giá trị dự báo',
      'Measured values by the table for forecasts',
      'Измеренные значения по таблице для прогнозов',
      '实测值按预报值的表定级',
    ],
    alternatives: {
      'same-table': [
        'dùng cùng bảng, ghi rõ là theo quan trắc',
        'the same table, named as driven by observation',
        'та же таблица, с пометкой «по наблюдению»',
        '用同一张表，注明依据观测',
      ],
      'forecast-only': [
        'không đánh giá từ giá trị đo',
        'measured values give no level',
        'измеренные значения уровня не дают',
        '实测值不定级',
      ],
    },
    reason: [
      'Điều 42-54 nói "dự báo", "cảnh báo"; giá trị đo vượt ngưỡng không thể kém nguy hiểm hơn dự báo.',
      'Articles 42-54 say "forecast" or "warning"; a measured value is no less dangerous than a forecast one.',
      'В статьях 42-54 сказано «прогноз», «предупреждение»; измеренное значение не менее опасно, чем прогнозное.',
      '第42至54条用“预报”“预警”；超过阈值的实测值不会比预报值危险性小。',
    ],
    question: [
      'Giá trị quan trắc được có được dùng để xác định cấp độ theo Điều 42-54 không?',
      'May measured values set a level under Articles 42-54?',
      'Можно ли определять уровень по статьям 42-54 из измеренных значений?',
      '可否依实测值按第42至54条定级？',
    ],
  }),
  choice({
    id: 'coincidence.raise',
    article: '4.4',
    defect: 11,
    label: [
      'Nâng cấp khi nhiều thiên tai cùng lúc: nâng cấp nào',
      'Coinciding hazards: which level is raised',
      'Одновременные бедствия: какой уровень повышается',
      '多种灾害同时发生：提高哪一级',
    ],
    alternatives: {
      'the-highest': [
        'nâng cấp cao nhất trong các thiên tai',
        'the highest of the hazards',
        'наибольший из уровней бедствий',
        '提高各灾害中的最高级',
      ],
      each: [
        'mỗi thiên tai một đề nghị',
        'a proposal for each hazard',
        'предложение для каждого бедствия',
        '每种灾害各提一个建议',
      ],
    },
    reason: cautious,
    question: [
      'Khoản 4 Điều 4: nâng cấp của từng thiên tai hay cấp cao nhất của khu vực?',
      'Article 4.4: is the level of each hazard raised, or the highest of the area?',
      'Пункт 4 статьи 4: повышается уровень каждого бедствия или наибольший по району?',
      '第4条第4款：提高每种灾害的级别，还是该区域的最高级？',
    ],
  }),
  choice({
    id: 'units.province',
    article: '44, 52',
    defect: 6,
    label: [
      '"1 tỉnh" là tỉnh nào',
      'Which province "one province" is',
      'Какая провинция «одна провинция»',
      '“一省”指哪个省',
    ],
    alternatives: {
      present: [
        '34 tỉnh, thành phố hiện nay',
        'one of the present 34',
        'одна из нынешних 34',
        '现行34个省市之一',
      ],
      'of-2021': [
        '63 tỉnh, thành phố năm 2021',
        'one of the 63 of 2021',
        'одна из 63 на 2021 год',
        '2021年63个省市之一',
      ],
    },
    reason: [
      'Người nhận tin là tỉnh hiện nay; cấp huyện không còn từ 01/7/2025 nên đếm theo xã.',
      'Who is addressed is the present province; districts ended on 1 July 2025, so communes are counted.',
      'Адресат — нынешняя провинция; районов нет с 01.07.2025, поэтому считаются общины.',
      '接收方是现行省；县级自2025年7月1日取消，故按乡级计。',
    ],
    question: [
      'Sau sáp nhập, "1/2 số huyện, xã của 1 tỉnh" tính theo tỉnh mới hay tỉnh năm 2021?',
      'After the mergers, is "half of the districts and communes of one province" of the new province or that of 2021?',
      'После слияний «половина районов и общин одной провинции» — новой провинции или провинции 2021 года?',
      '合并后，“一省半数县、乡”按新省还是2021年的省计算？',
    ],
  }),
] as const;
