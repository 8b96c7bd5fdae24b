import type { FacilityId, OrganisationCode } from '@keng/model';
import type { UserToLoad } from '../people/index.ts';

/** What `npm start` prints: who may look at what. */
export interface DemonstrationLogIn {
  readonly login: string;
  readonly page: string;
  readonly what: string;
}

export const LOG_INS: readonly DemonstrationLogIn[] = [
  { login: 'hanoi', page: '/desk', what: 'provincial desk of Hà Nội: dispatcher' },
  { login: 'hanoi.calls', page: '/desk', what: 'provincial desk of Hà Nội: call-taker' },
  { login: 'hcmc', page: '/desk', what: 'provincial desk of TP. Hồ Chí Minh: dispatcher' },
  { login: 'station', page: '/station', what: 'area station 1 of Hà Nội' },
  { login: 'national', page: '/desk', what: 'national duty officer' },
  { login: 'owner', page: '/my-facilities', what: 'owner of one facility in Hà Nội' },
  { login: 'inspector', page: '/inspections', what: 'fire safety inspector of Hà Nội' },
  { login: 'admin', page: '/facilities', what: 'administrator' },
  { login: 'auditor', page: '/log', what: 'auditor' },
];

const code = (text: string): OrganisationCode => text as OrganisationCode;

/** The users behind the log-ins; all invented, all with the one password that this installation made up. */
export function demonstrationUsers(password: string, owned: readonly FacilityId[]): UserToLoad[] {
  const user = (
    login: string,
    name: string,
    roles: UserToLoad['roles'],
    organisation: string | null,
    facilities: readonly FacilityId[] = [],
  ): UserToLoad => ({
    login,
    name: `${name} (giả lập)`,
    roles,
    organisation: organisation === null ? null : code(organisation),
    facilities: [...facilities],
    language: 'vi',
    password,
    synthetic: true,
  });
  return [
    user('national', 'Trực chỉ huy C07', ['national-duty-officer'], 'VN-C07'),
    user('hanoi', 'Điều phối Hà Nội', ['dispatcher', 'call-taker'], 'VN-PC07-01'),
    user('hanoi.calls', 'Tiếp nhận Hà Nội', ['call-taker'], 'VN-PC07-01'),
    user('hcmc', 'Điều phối TP. Hồ Chí Minh', ['dispatcher', 'call-taker'], 'VN-PC07-79'),
    user('station', 'Chỉ huy Đội khu vực 1', ['station-officer'], 'VN-ST-01-01'),
    user('owner', 'Chủ cơ sở', ['facility-owner'], null, owned),
    user('inspector', 'Cán bộ kiểm tra Hà Nội', ['inspector'], 'VN-PC07-01'),
    user('admin', 'Quản trị hệ thống', ['administrator'], 'VN-C07'),
    user('auditor', 'Kiểm tra nhật ký', ['auditor'], 'VN-C07'),
  ];
}
