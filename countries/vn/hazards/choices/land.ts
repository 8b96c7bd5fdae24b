import { cautious, choice, leftOpen } from './write.ts';

/** Choices of Articles 47, 53 to 56: heat, cold, wildfire, earthquake, tsunami. */
export const landChoices = [
  choice({
    id: 'heat.exactly-35',
    article: '47.1.a',
    defect: 8,
    label: ['Đúng 35 °C', 'Exactly 35 °C'],
    alternatives: {
      'article-47': ['tính là nắng nóng (Điều 47: từ 35 °C)', 'counts as heat (Article 47: from 35)'],
      'article-5': [
        'không phải nắng nóng (khoản 21 Điều 5: trên 35 °C)',
        'is no heat (Article 5.21: above 35)',
      ],
    },
    reason: [
      'Điều 47 là quy định về cấp độ; Điều 5 chỉ giải thích từ ngữ.',
      'Article 47 sets the level; Article 5 only explains the word.',
    ],
    question: ['Đúng 35 °C có là nắng nóng không?', 'Is exactly 35 °C heat?'],
  }),
  choice({
    id: 'heat.centre-above-41',
    article: '47.1.d',
    defect: 8,
    label: ['Trên 41 °C trong 3-5 ngày ở Trung Bộ', 'Above 41 °C for 3-5 days in Trung Bộ'],
    alternatives: {
      'as-written': ['cấp độ 1 như văn bản', 'level 1 as written'],
      'level-2': null,
    },
    reason: [
      'Văn bản rõ, dù Bắc Bộ, Tây Nguyên và Nam Bộ là cấp độ 2.',
      'The text is clear, although the other regions have level 2.',
    ],
    question: [
      'Trên 41 °C trong 3-5 ngày: vì sao Trung Bộ cấp độ 1, nơi khác cấp độ 2?',
      'Above 41 °C for 3-5 days: why level 1 in Trung Bộ and 2 elsewhere?',
    ],
  }),
  choice({
    id: 'cold.exactly-13',
    article: '53',
    label: ['Đúng 13 °C', 'Exactly 13 °C'],
    alternatives: {
      'article-53': ['tính là rét hại (Điều 53: đến 13 °C)', 'counts (Article 53: to 13)'],
      'article-5': ['không phải rét hại (khoản 18 Điều 5: dưới 13 °C)', 'does not (Article 5.18: below 13)'],
    },
    reason: [
      'Điều 53 là quy định về cấp độ; Điều 5 chỉ giải thích từ ngữ.',
      'Article 53 sets the level; Article 5 only explains the word.',
    ],
    question: ['Đúng 13 °C có là rét hại không?', 'Is exactly 13 °C severe cold?'],
  }),
  choice({
    id: 'cold.highlands-of-centre',
    article: '53',
    label: ['Vùng núi Bắc Trung Bộ, Trung Trung Bộ', 'Mountains of Bắc Trung Bộ and Trung Trung Bộ'],
    alternatives: {
      'whole-regions': [
        'theo quy định của cả khu vực',
        'as the whole regions: "plain" belongs to Bắc Bộ only',
      ],
      'plains-only': ['không được quy định, chỉ đồng bằng', 'not covered, plains only'],
    },
    reason: [
      '"Đồng bằng" chỉ đi với Bắc Bộ vì chỉ Bắc Bộ có quy định riêng cho vùng núi.',
      '"Plain" goes with Bắc Bộ alone, for only Bắc Bộ has rules for mountains.',
    ],
    question: [
      'Điều 53: "đồng bằng" áp dụng cho cả Bắc Trung Bộ, Trung Trung Bộ không?',
      'Article 53: does "plain" also qualify Bắc Trung Bộ and Trung Trung Bộ?',
    ],
  }),
  choice({
    id: 'wildfire.reading',
    article: '54',
    defect: 1,
    label: ['Số ngày "không quá N"', 'Days "not more than N"'],
    alternatives: {
      successive: [
        'các bậc nối tiếp nhau: bậc sau bắt đầu khi bậc trước kết thúc',
        'successive bands: each begins where the one before ends',
      ],
      'upper-bounds-only': [
        'đúng chữ: chỉ có cận trên, nhiều khoản cùng đúng',
        'to the letter: upper bounds only, several clauses hold at once',
      ],
    },
    reason: [
      'Đúng chữ thì đợt 5 ngày ở vùng 3 thuộc cả cấp độ 1, 2 và 3.',
      'To the letter, a spell of 5 days in zone 3 has levels 1, 2 and 3 at once.',
    ],
    question: [
      'Điều 54: "không quá N ngày" có bắt đầu từ khi hết bậc trước không?',
      'Article 54: does "not more than N days" begin where the band before ends?',
    ],
  }),
  choice({
    id: 'wildfire.zone-2-contradiction',
    article: '54.2.b, 54.3.a',
    defect: 1,
    label: ['Vùng 2, không quá 35 ngày: cấp độ 2 và 3', 'Zone 2, not more than 35 days: level 2 and 3'],
    alternatives: { 'level-3': null, 'level-2': null },
    reason: cautious,
    question: [
      'Điểm b khoản 2 và điểm a khoản 3 Điều 54 giống nhau: cấp độ nào đúng?',
      'Articles 54.2.b and 54.3.a have the same condition: which level is meant?',
    ],
  }),
  choice({
    id: 'wildfire.zone-3-26-35',
    article: '54',
    defect: 1,
    label: ['Vùng 3, 26-35 ngày', 'Zone 3, 26-35 days'],
    alternatives: { 'no-level': null, 'level-3': null, 'level-4': null },
    reason: leftOpen,
    question: ['Vùng 3, 26-35 ngày: cấp độ nào?', 'Zone 3, 26 to 35 days: which level?'],
  }),
  choice({
    id: 'wildfire.zone-2-over-35',
    article: '54',
    defect: 1,
    label: ['Vùng 2, trên 35 ngày', 'Zone 2, over 35 days'],
    alternatives: { 'no-level': null, 'level-2': null, 'level-3': null },
    reason: leftOpen,
    question: ['Vùng 2, trên 35 ngày: cấp độ nào?', 'Zone 2, more than 35 days: which level?'],
  }),
  choice({
    id: 'wildfire.zone-1-up-to-35',
    article: '54.2.a',
    defect: 1,
    label: ['Vùng 1, không quá 35 ngày', 'Zone 1, not more than 35 days'],
    alternatives: { 'no-level': null, 'level-1': null },
    reason: leftOpen,
    question: ['Vùng 1, không quá 35 ngày: cấp độ nào?', 'Zone 1, up to 35 days: which level?'],
  }),
  choice({
    id: 'wildfire.zone-2-mild-over-25',
    article: '54.1.a',
    defect: 1,
    label: ['Vùng 2, dưới 35 °C trên 25 ngày', 'Zone 2, below 35 °C for over 25 days'],
    alternatives: { 'no-level': null, 'level-1': null },
    reason: leftOpen,
    question: [
      'Vùng 2, dưới 35 °C trên 25 ngày: cấp độ nào?',
      'Zone 2, below 35 °C for more than 25 days: which level?',
    ],
  }),
  choice({
    id: 'wildfire.exactly-35',
    article: '54',
    defect: 1,
    label: ['Đúng 35 °C', 'Exactly 35 °C'],
    alternatives: {
      'no-level': null,
      'as-above-35': ['như trên 35 °C', 'as above 35 °C'],
    },
    reason: leftOpen,
    question: [
      'Điều 54 chỉ có trên và dưới 35 °C: đúng 35 °C thì sao?',
      'Article 54 has above and below 35 °C: what of exactly 35?',
    ],
  }),
  choice({
    id: 'earthquake.boundaries',
    article: '55',
    defect: 2,
    label: ['Cường độ VI, VII thuộc hai khoản', 'Intensities VI and VII stand in two clauses'],
    alternatives: {
      highest: ['lấy mức cao hơn', 'the higher counts'],
      lowest: ['lấy mức thấp hơn', 'the lower counts'],
      'a-person-decides': ['không có cấp độ, người trực quyết định', 'no level, a person decides'],
    },
    reason: cautious,
    question: [
      'Điều 55: cấp VI, VII đúng thuộc khoản nào?',
      'Article 55: to which clause do VI and VII themselves belong?',
    ],
  }),
  choice({
    id: 'earthquake.reservoirs',
    article: '55.3, 55.4',
    defect: 2,
    label: ['Khu vực có hồ chứa', 'Areas with reservoirs'],
    alternatives: {
      'as-written': ['nâng cấp như văn bản', 'raise the level, as written'],
      ignored: [
        'không xét (như bản tin Kon Plông 28/7/2024, công bố cấp 2)',
        'do not count (as announced for Kon Plông, 28 July 2024: level 2)',
      ],
    },
    reason: cautious,
    question: [
      'Điều 55: "khu vực có hồ chứa" rộng tới đâu? Kon Plông có hồ thủy điện nhưng công bố cấp 2.',
      'Article 55: how far does "an area with reservoirs" reach? Kon Plông has them, yet level 2 was announced.',
    ],
  }),
  choice({
    id: 'earthquake.estimated',
    article: '55',
    defect: 2,
    label: ['Cường độ ước tính từ độ lớn và độ sâu', 'Intensity estimated from magnitude and depth'],
    alternatives: {
      accepted: ['được dùng, ghi rõ là ước tính', 'may be used, named as driven by a forecast'],
      'observed-only': ['chỉ dùng cường độ quan trắc được', 'only observed intensity'],
    },
    reason: [
      'Bản tin ra trong vài phút, trước khi có cường độ quan trắc.',
      'Bulletins leave within minutes, before any intensity is observed.',
    ],
    question: [
      'Điều 55 nói "quan trắc được": bản tin đầu có được dùng cường độ ước tính không?',
      'Article 55 says "observed": may the first bulletin use an estimate?',
    ],
  }),
  choice({
    id: 'earthquake.level-zero',
    article: '55',
    label: ['Cường độ dưới V: "cấp 0"', 'Intensity below V: "level 0"'],
    alternatives: {
      'level-0': [
        'cấp 0 như bản tin của Viện Vật lý địa cầu',
        'level 0, as the Institute of Geophysics publishes',
      ],
      'no-level': null,
    },
    reason: [
      'Quyết định không có cấp 0; bản tin động đất vẫn ghi "cấp độ rủi ro thiên tai cấp 0".',
      'The decision has no level 0; nearly every earthquake bulletin announces it.',
    ],
    question: ['Cấp 0 có căn cứ ở đâu?', 'What does level 0 rest on?'],
  }),
  choice({
    id: 'tsunami.disagree',
    article: '56',
    defect: 3,
    label: ['Độ cao và cường độ không cùng bậc', 'Height and intensity of different grades'],
    alternatives: {
      'as-written': ['không có cấp độ: văn bản đòi hỏi cả hai', 'no level: the text asks for both'],
      'the-higher': ['lấy mức cao hơn', 'the higher counts'],
      'height-alone': ['chỉ theo độ cao', 'height alone'],
      'intensity-alone': ['chỉ theo cường độ', 'intensity alone'],
    },
    reason: ['Văn bản nối hai điều kiện bằng "và".', 'The text joins both conditions by "and".'],
    question: [
      'Điều 56: khi độ cao và cường độ không cùng bậc thì lấy cấp nào?',
      'Article 56: which level counts when height and intensity are not of one grade?',
    ],
  }),
  choice({
    id: 'tsunami.exactly-16',
    article: '56',
    defect: 3,
    label: ['Sóng đúng 16 m', 'A wave of exactly 16 m'],
    alternatives: { 'no-level': null, 'level-4': null, 'level-5': null },
    reason: leftOpen,
    question: [
      'Cấp độ 4 dưới 16 m, cấp độ 5 trên 16 m: đúng 16 m thì sao?',
      'Level 4 is below 16 m, level 5 above: what of 16 m itself?',
    ],
  }),
] as const;
