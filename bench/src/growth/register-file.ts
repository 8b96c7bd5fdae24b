import { vietNam } from '@keng/country-vn';

/** Columns of the synthetic file: those that must be there, and what makes a search long. */
export const COLUMNS_OF_ROW = [
  'reference',
  'name',
  'address',
  'area',
  'category',
  'managing_level',
  'contact1_name',
  'contact1_telephone',
  'contact2_name',
  'contact2_telephone',
  'contact3_name',
  'contact3_telephone',
  'transmitter1_account',
  'transmitter1_zones',
  'transmitter1_reporting_seconds',
] as const;

const KINDS = [
  ['Trường tiểu học', 'school'],
  ['Bệnh viện', 'hospital'],
  ['Chợ', 'market'],
  ['Quán karaoke', 'karaoke'],
] as const;
const STREETS = [
  'Trần Hưng Đạo',
  'Lê Lợi',
  'Nguyễn Huệ',
  'Hai Bà Trưng',
  'Lý Thường Kiệt',
  'Phan Bội Châu',
  'Bà Triệu',
];
const WARDS = ['phường Bạch Đằng', 'phường Hòa Bình', 'xã Tân Lập', 'phường Quang Trung', 'xã Đông Sơn'];
const AREAS = vietNam.organisations.flatMap((one) => (one.level === 'province' ? [one.province ?? ''] : []));

/** A facility that is nowhere: its name, address and telephone numbers are made from its number. */
export function rowOfFacility(n: number): string[] {
  const [kind = '', category = ''] = KINDS[n % KINDS.length] ?? [];
  const telephone = (contact: number): string => `+849${String(n).padStart(7, '0')}${contact}`;
  return [
    `VN-${n}`,
    `${kind} số ${n}`,
    `${(n % 499) + 1} đường ${STREETS[n % STREETS.length]} ${WARDS[n % WARDS.length]}`,
    AREAS[n % AREAS.length] ?? '',
    category,
    'province',
    'Người trực 1',
    telephone(1),
    'Người trực 2',
    telephone(2),
    'Người trực 3',
    telephone(3),
    n.toString(16).padStart(8, '0'),
    '1:smoke:Tầng 1',
    '300',
  ];
}
