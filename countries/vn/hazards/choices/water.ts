import { cautious, choice, leftOpen } from './write.ts';

/** Choices of Articles 42 to 46, 49 to 52: wind, sea, rain and rivers. */
export const waterChoices = [
  choice({
    id: 'storm.coastal-waters',
    article: '42.2.c',
    defect: 7,
    label: ['Vùng biển ven bờ ở điểm c khoản 2', 'The coastal waters of point 2.c'],
    alternatives: {
      all: ['toàn bộ vùng biển ven bờ', 'all coastal waters'],
      'named-coasts': [
        'chỉ vùng biển ven bờ của các khu vực được nêu',
        'only the waters of the coasts named after it',
      ],
    },
    reason: [
      'Dấu chấm phẩy tách "vùng biển ven bờ" khỏi phần đất liền.',
      'A semicolon separates the coastal waters from the land that follows.',
    ],
    question: [
      'Điểm c khoản 2 Điều 42: "vùng biển ven bờ" là toàn bộ hay chỉ các khu vực nêu sau?',
      'Article 42.2.c: all coastal waters, or only those of the regions named after them?',
    ],
  }),
  choice({
    id: 'storm.east-sea-super',
    article: '42.2.d',
    defect: 7,
    label: ['Siêu bão (cấp 16 trở lên) trên Biển Đông', 'Super typhoon (16 and more) in the East Sea'],
    alternatives: {
      'as-written': ['cấp độ 4 như văn bản', 'level 4 as written'],
      'level-5': null,
    },
    reason: [
      'Điểm d khoản 2: từ cấp 14 trở lên; cấp độ 5 chỉ nêu ven bờ và đất liền. Bão Yagi 06/9/2024: cấp 16, công bố 4.',
      'Point 2.d: from 14 upwards; level 5 names coast and land only. Yagi, 6 Sep 2024: force 16, announced 4.',
    ],
    question: [
      'Siêu bão trên Biển Đông có thuộc cấp độ 5 không?',
      'Does a super typhoon in the East Sea reach level 5?',
    ],
  }),
  choice({
    id: 'surge.ca-mau',
    article: '43',
    defect: 9,
    label: ['Cà Mau nằm trong hai đoạn bờ biển', 'Cà Mau stands in two stretches of coast'],
    alternatives: {
      'by-coast': [
        'bờ Đông theo đoạn Bình Thuận - Cà Mau, bờ Tây theo đoạn Cà Mau - Kiên Giang',
        'its east coast with Bình Thuận - Cà Mau, its west coast with Cà Mau - Kiên Giang',
      ],
      both: ['cả tỉnh thuộc cả hai đoạn', 'the whole province belongs to both'],
    },
    reason: [
      'Hai đoạn gặp nhau ở mũi Cà Mau; mỗi bờ một chế độ triều.',
      'The stretches meet at the cape; each coast has its own tide.',
    ],
    question: [
      'Điều 43: bờ Đông và bờ Tây Cà Mau thuộc đoạn nào?',
      'Article 43: to which stretch do the east and the west coast of Cà Mau belong?',
    ],
  }),
  choice({
    id: 'rain.heavy-under-half',
    article: '44.2.b',
    defect: 4,
    label: ['200-400 mm trên không quá 1/2 tỉnh', '200-400 mm over half of a province or less'],
    alternatives: { 'no-level': null, 'level-1': null, 'level-2': null },
    reason: leftOpen,
    question: [
      'Mưa trên 200 đến 400 mm/24 giờ trên dưới 1/2 số xã của 1 tỉnh: cấp độ nào?',
      'Above 200 to 400 mm in 24 hours over less than half of one province: which level?',
    ],
  }),
  choice({
    id: 'rain.very-heavy-one-province',
    article: '44.3.c',
    defect: 4,
    label: ['Trên 400 mm chỉ ở một tỉnh', 'Above 400 mm in one province only'],
    alternatives: { 'no-level': null, 'level-2': null, 'level-3': null },
    reason: leftOpen,
    question: [
      'Mưa trên 400 mm/24 giờ trong 1 tỉnh: cấp độ nào?',
      'Above 400 mm in 24 hours within one province: which level?',
    ],
  }),
  choice({
    id: 'rain.moderate-many-provinces',
    article: '44.3.a',
    defect: 4,
    label: ['100-200 mm không quá 4 ngày ở nhiều tỉnh', '100-200 mm for up to 4 days in many provinces'],
    alternatives: { 'no-level': null, 'level-1': null, 'level-2': null },
    reason: leftOpen,
    question: [
      'Mưa 100-200 mm/24 giờ ở nhiều tỉnh nhưng không thuộc điểm a khoản 3: cấp độ nào?',
      '100 to 200 mm in 24 hours in many provinces, but not under point 3.a: which level?',
    ],
  }),
  choice({
    id: 'rain.moderate-one-province',
    article: '44.2.a',
    defect: 4,
    label: [
      '100-200 mm: phạm vi và số ngày không cùng một khoản',
      '100-200 mm: extent and days of different clauses',
    ],
    alternatives: { 'no-level': null, 'level-1': null, 'level-2': null },
    reason: leftOpen,
    question: [
      'Mưa 100-200 mm: hơn 1/2 tỉnh trong 1-2 ngày, hoặc dưới 1/2 tỉnh trên 2 ngày: cấp độ nào?',
      '100 to 200 mm: over half for 1-2 days, or under half for more than 2 days: which level?',
    ],
  }),
  choice({
    id: 'rain.heavy-one-province-long',
    article: '44.2.b',
    defect: 4,
    label: ['200-400 mm trên 2 ngày ở một tỉnh', '200-400 mm for over 2 days in one province'],
    alternatives: { 'no-level': null, 'level-2': null, 'level-3': null },
    reason: leftOpen,
    question: [
      'Mưa trên 200 đến 400 mm trên 2 ngày ở hơn 1/2 của 1 tỉnh: cấp độ nào?',
      'Above 200 to 400 mm for over 2 days in more than half of one province: which level?',
    ],
  }),
  choice({
    id: 'rain.heavy-many-short',
    article: '44.3.b',
    defect: 4,
    label: ['200-400 mm trong 1-2 ngày ở nhiều tỉnh', '200-400 mm for 1-2 days in many provinces'],
    alternatives: { 'no-level': null, 'level-2': null, 'level-3': null },
    reason: leftOpen,
    question: [
      'Mưa trên 200 đến 400 mm trong 1-2 ngày ở nhiều tỉnh: cấp độ nào?',
      'Above 200 to 400 mm for 1-2 days in many provinces: which level?',
    ],
  }),
  choice({
    id: 'rain.exactly-half',
    article: '44',
    defect: 4,
    label: ['Đúng 1/2 số xã', 'Exactly half of the units'],
    alternatives: {
      'no-level': null,
      'as-under-half': ['như dưới 1/2', 'as under half'],
      'as-over-half': ['như hơn 1/2', 'as over half'],
    },
    reason: [
      'Điều 44: "dưới 1/2" và "hơn 1/2"; Điều 52 có "từ 1/2 trở lên" nhưng chỉ cho lốc, sét, mưa đá.',
      'Article 44 has "under" and "over half"; Article 52 has "from half upwards", for hail only.',
    ],
    question: ['Đúng 1/2 số xã thuộc cấp độ nào?', 'To which level does exactly half belong?'],
  }),
  choice({
    id: 'rain.apart-is-many',
    article: '44.3',
    defect: 4,
    label: [
      'Nhiều tỉnh không liền kề có là "nhiều tỉnh khác nhau"',
      'Are several provinces apart "many different provinces"',
    ],
    alternatives: {
      many: ['có', 'yes'],
      'not-many': ['không', 'no'],
    },
    reason: [
      'Khoản 3, 4 không đòi hỏi các tỉnh liền kề.',
      'Clauses 3 and 4 do not ask that the provinces are adjacent.',
    ],
    question: [
      'Khoản 3, 4 Điều 44: các tỉnh có phải liền kề không?',
      'Article 44.3 and 44.4: must the provinces be adjacent?',
    ],
  }),
  choice({
    id: 'flash-flood.heavy-after-short',
    article: '46',
    defect: 5,
    label: ['Trên 200 mm sau 1-2 ngày mưa', 'Above 200 mm after 1-2 days of rain'],
    alternatives: {
      'no-level': null,
      'as-100-200-mm': ['như mưa 100-200 mm', 'as 100 to 200 mm'],
      'as-after-2-days': ['như sau trên 2 ngày mưa', 'as after more than 2 days of rain'],
    },
    reason: leftOpen,
    question: [
      'Mưa trên 200 mm/24 giờ khi trước đó mới mưa 1-2 ngày: cấp độ nào?',
      'Above 200 mm in 24 hours after only 1-2 days of rain: which level?',
    ],
  }),
  choice({
    id: 'flash-flood.moderate-after-long',
    article: '46',
    defect: 5,
    label: ['100-200 mm sau trên 2 ngày mưa', '100-200 mm after more than 2 days of rain'],
    alternatives: {
      'no-level': null,
      'as-after-1-2-days': ['như sau 1-2 ngày mưa', 'as after 1-2 days of rain'],
    },
    reason: leftOpen,
    question: [
      'Mưa 100-200 mm/24 giờ khi trước đó đã mưa trên 2 ngày: cấp độ nào?',
      '100 to 200 mm in 24 hours after more than 2 days of rain: which level?',
    ],
  }),
  choice({
    id: 'flash-flood.no-earlier-rain',
    article: '46',
    defect: 5,
    label: ['Mưa lớn không có mưa trước đó', 'Heavy rain without rain before it'],
    alternatives: {
      'no-level': null,
      'as-after-rain': ['như đã có mưa trước đó', 'as if it had rained before'],
    },
    reason: leftOpen,
    question: [
      'Mưa từ 100 mm/24 giờ khi trước đó không mưa đủ 1 ngày: cấp độ nào?',
      'From 100 mm in 24 hours with less than 1 day of rain before: which level?',
    ],
  }),
  choice({
    id: 'flash-flood.khanh-hoa',
    article: '46.5',
    defect: 9,
    label: ['Khánh Hòa ở khu vực 3 và 4 của Bảng 5', 'Khánh Hòa in areas 3 and 4 of table 5'],
    alternatives: {
      'area-3': ['khu vực 3', 'area 3'],
      'area-4': ['khu vực 4', 'area 4'],
    },
    reason: cautious,
    question: [
      'Bảng 5 Phụ lục XII: Khánh Hòa thuộc khu vực 3 hay 4?',
      'Annex XII table 5: is Khánh Hòa in area 3 or 4?',
    ],
  }),
  choice({
    id: 'salinity.many-estuaries',
    article: '49',
    defect: 10,
    label: ['"Nhiều cửa sông" là bao nhiêu', 'How many are "many estuaries"'],
    alternatives: {
      'from-2': ['từ 2 cửa sông', 'two or more'],
      'from-3': ['từ 3 cửa sông', 'three or more'],
      'one-is-enough': ['không xét số cửa sông', 'the number does not count'],
    },
    reason: ['Nhiều là hơn một.', 'Many is more than one.'],
    question: [
      'Điều 49: bao nhiêu cửa sông là "nhiều cửa sông"?',
      'Article 49: how many estuaries are "many"?',
    ],
  }),
  choice({
    id: 'salinity.nam-bo-15-25',
    article: '49.1.b',
    defect: 10,
    label: ['Ranh giới 4 ‰ sâu 15-25 km ở Nam Bộ', 'The 4 ‰ boundary at 15-25 km in Nam Bộ'],
    alternatives: { 'no-level': null, 'level-1': null },
    reason: leftOpen,
    question: [
      'Ranh giới 4 ‰ sâu 15-25 km ở Nam Bộ: cấp độ nào?',
      'The 4 ‰ boundary 15 to 25 km from the mouth in Nam Bộ: which level?',
    ],
  }),
  choice({
    id: 'sea-wind.offshore-6',
    article: '50.1',
    label: ['Gió cấp 6 ngoài khơi', 'Force 6 offshore'],
    alternatives: { 'no-level': null, 'level-2': null },
    reason: leftOpen,
    question: [
      'Khoản 5 Điều 5 coi cấp 6 là gió mạnh; Điều 50 chỉ có cấp 7 trở lên ngoài khơi: cấp 6 là cấp độ nào?',
      'Article 5.5 counts 6 as strong, Article 50 begins at 7 offshore: which level has 6?',
    ],
  }),
  choice({
    id: 'fog.dense',
    article: '51.1.a',
    label: ['Sương mù "dày đặc" tới tầm nhìn bao nhiêu', 'Up to which visibility fog is "dense"'],
    alternatives: {
      'article-5': [
        'dưới 1 km như định nghĩa sương mù (khoản 20 Điều 5)',
        'below 1 km, as fog is defined (Article 5.20)',
      ],
      'no-limit': ['mọi tầm nhìn từ 50 m', 'any visibility from 50 m'],
    },
    reason: [
      'Văn bản không định nghĩa "dày đặc"; quá 1 km thì không phải sương mù.',
      'The text does not define "dense"; beyond 1 km it is no fog.',
    ],
    question: [
      'Sương mù "dày đặc" là tầm nhìn dưới bao nhiêu mét?',
      'Below which visibility is fog "dense"?',
    ],
  }),
  choice({
    id: 'convective.many-provinces',
    article: '52',
    label: [
      'Lốc, sét, mưa đá ở nhiều tỉnh liền kề',
      'Tornado, lightning, hail in several adjacent provinces',
    ],
    alternatives: { 'no-level': null, 'level-1': null, 'level-2': null },
    reason: leftOpen,
    question: [
      'Điều 52 không có trường hợp nhiều tỉnh liền kề: cấp độ nào?',
      'Article 52 has no case for adjacent provinces: which level?',
    ],
  }),
] as const;
