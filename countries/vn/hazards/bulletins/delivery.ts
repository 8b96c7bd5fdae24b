import type { DeliveryRule, RepeatRule } from '@keng/hazards';
import { placeInLaw, words } from '../write.ts';

const annex4 = words(
  'cơ quan, tổ chức theo Phụ lục IV (danh sách không có trong tay, phải nhập)',
  'bodies of Annex IV (the list is not at hand and must be entered)',
  'органы по Приложению IV (списка нет, его надо ввести)',
  '附录四所列机关（名单未得，需录入）',
);

const seismic = ['earthquake', 'tsunami-1', 'tsunami-2', 'tsunami-3', 'tsunami-cancel', 'tsunami-final'];

/** Article 35. */
export const deliveries: readonly DeliveryRule[] = [
  { ...placeInLaw('35.2'), bulletins: seismic, receivers: annex4, withinMinutes: 0 },
  { ...placeInLaw('35.1'), receivers: annex4, withinMinutes: 15 },
];

const radio = words(
  'Đài Tiếng nói Việt Nam',
  'Voice of Vietnam, radio',
  'Голос Вьетнама, радио',
  '越南之声广播',
);
const television = words(
  'Đài Truyền hình Việt Nam',
  'Vietnam Television',
  'Вьетнамское телевидение',
  '越南电视台',
);
const both = words(
  'Đài Tiếng nói Việt Nam, Đài Truyền hình Việt Nam',
  'national radio and television',
  'национальные радио и телевидение',
  '国家广播电视',
);
const coastalRadio = words(
  'Hệ thống Thông tin Duyên hải Việt Nam',
  'coastal radio stations',
  'береговые радиостанции',
  '海岸电台系统',
);
const coastalAndSirens = words(
  'Thông tin Duyên hải và hệ thống báo động trực canh cảnh báo sóng thần',
  'coastal radio and the tsunami siren network',
  'береговое радио и сирены оповещения о цунами',
  '海岸电台和海啸警报系统',
);

const cyclonesCalm = ['depression-near', 'depression-east-sea', 'storm-near', 'storm-east-sea'];
const cyclonesUrgent = ['depression-urgent', 'depression-inland', 'storm-urgent', 'storm-inland'];
const floodsCalm = ['flood-warning', 'flood', 'flood-delta'];
const floodsUrgent = ['flood-urgent', 'flood-urgent-delta'];

/** Articles 36 to 38. Other bulletins go as the main one they stand in, or as their issuer asks (Article 39). */
export const repeats: readonly RepeatRule[] = [
  {
    ...placeInLaw('36.1.a'),
    medium: 'radio',
    names: radio,
    bulletins: [...cyclonesCalm, ...floodsCalm],
    first: 'on-the-hour',
    thenEveryMinutes: 120,
    onTheHour: true,
    until: 'new-bulletin',
  },
  {
    ...placeInLaw('36.1.b'),
    medium: 'radio',
    names: radio,
    bulletins: [...cyclonesUrgent, ...floodsUrgent],
    first: 'at-once',
    again: { times: 1, everyMinutes: 0 },
    thenEveryMinutes: 60,
    onTheHour: true,
    until: 'new-bulletin',
  },
  {
    ...placeInLaw('36.2.a'),
    medium: 'television',
    names: television,
    bulletins: [...cyclonesCalm, ...floodsCalm],
    first: 'next-news',
    thenEveryMinutes: 180,
    until: 'new-bulletin',
  },
  {
    ...placeInLaw('36.2.b'),
    medium: 'television',
    names: television,
    bulletins: [...cyclonesUrgent, ...floodsUrgent],
    first: 'at-once',
    thenEveryMinutes: 120,
    until: 'new-bulletin',
  },
  {
    ...placeInLaw('36.3.b'),
    medium: 'coastal-radio',
    names: coastalRadio,
    bulletins: [...cyclonesCalm, ...cyclonesUrgent],
    first: 'at-once',
    sessions: { voice: 16, telex: 2 },
    until: 'expires',
  },
  {
    ...placeInLaw('37.1.a'),
    medium: 'radio-television',
    names: both,
    bulletins: ['earthquake'],
    first: 'at-once',
    alsoNextNews: true,
    until: 'once',
  },
  {
    ...placeInLaw('37.1.b'),
    medium: 'radio-television',
    names: both,
    bulletins: ['tsunami-1', 'tsunami-2'],
    first: 'at-once',
    again: { times: 2, everyMinutes: 5 },
    thenEveryMinutes: 30,
    until: 'final-or-cancel',
  },
  {
    ...placeInLaw('37.1.c'),
    medium: 'radio-television',
    names: both,
    bulletins: ['tsunami-3'],
    first: 'at-once',
    again: { times: 2, everyMinutes: 5 },
    thenEveryMinutes: 20,
    until: 'final',
  },
  {
    ...placeInLaw('37.1.d'),
    medium: 'radio-television',
    names: both,
    bulletins: ['tsunami-cancel', 'tsunami-final'],
    first: 'at-once',
    alsoNextNews: true,
    until: 'once',
  },
  {
    ...placeInLaw('37.2.a'),
    medium: 'coastal-radio-sirens',
    names: coastalAndSirens,
    bulletins: ['tsunami-1', 'tsunami-2'],
    first: 'at-once',
    again: { times: 2, everyMinutes: 5 },
    thenEveryMinutes: 15,
    until: 'final-or-cancel',
  },
  {
    ...placeInLaw('37.2.b'),
    medium: 'coastal-radio-sirens',
    names: coastalAndSirens,
    bulletins: ['tsunami-3'],
    first: 'at-once',
    thenEveryMinutes: 5,
    until: 'final',
  },
  {
    ...placeInLaw('37.2.c'),
    medium: 'coastal-radio-sirens',
    names: coastalAndSirens,
    bulletins: ['tsunami-cancel', 'tsunami-final'],
    first: 'at-once',
    again: { times: 1, everyMinutes: 5 },
    until: 'once',
  },
  {
    ...placeInLaw('38.2.a'),
    medium: 'television',
    names: television,
    bulletins: ['wildfire'],
    first: 'next-news',
    thenEveryMinutes: 180,
    until: 'new-bulletin',
  },
];
