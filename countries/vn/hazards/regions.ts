/**
 * The regions that the articles name. Which province of 2021 lies in which follows the column "region" of Annex XIII in
 * a second-hand transcription (hoang-hg/vietnam-disaster-watch, MIT); provinces that the annex does not list are
 * placed by common geography and marked. Unofficial until held against the signed annexes.
 */
export const regionsOfLaw = {
  'tay-bac': ['Lai Châu', 'Điện Biên', 'Sơn La', 'Hòa Bình'],
  'viet-bac': ['Lào Cai', 'Yên Bái', 'Hà Giang', 'Tuyên Quang', 'Phú Thọ', 'Vĩnh Phúc', 'Thái Nguyên'],
  'dong-bac': ['Cao Bằng', 'Lạng Sơn', 'Bắc Kạn', 'Bắc Giang', 'Bắc Ninh', 'Quảng Ninh', 'Hải Phòng'],
  'dong-bang-bac-bo': ['Hà Nội', 'Hải Dương', 'Hưng Yên', 'Thái Bình', 'Nam Định', 'Hà Nam', 'Ninh Bình'],
  'bac-trung-bo': ['Thanh Hóa', 'Nghệ An', 'Hà Tĩnh'],
  'trung-trung-bo': ['Quảng Bình', 'Quảng Trị', 'Thừa Thiên Huế', 'Đà Nẵng', 'Quảng Nam', 'Quảng Ngãi'],
  'nam-trung-bo': ['Bình Định', 'Phú Yên', 'Khánh Hòa', 'Ninh Thuận', 'Bình Thuận'],
  'tay-nguyen': ['Kon Tum', 'Gia Lai', 'Đắk Lắk', 'Đắk Nông', 'Lâm Đồng'],
  'nam-bo': [
    'Bình Phước',
    'Tây Ninh',
    'Bình Dương',
    'Đồng Nai',
    'Bà Rịa – Vũng Tàu',
    'Thành phố Hồ Chí Minh',
    'Long An',
    'Tiền Giang',
    'Bến Tre',
    'Trà Vinh',
    'Vĩnh Long',
    'Đồng Tháp',
    'An Giang',
    'Kiên Giang',
    'Cần Thơ',
    'Hậu Giang',
    'Sóc Trăng',
    'Bạc Liêu',
    'Cà Mau',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LandRegion = keyof typeof regionsOfLaw;

/** By common geography: the annex lists no station there. */
export const placedByGeography: readonly string[] = ['Bình Phước', 'Bà Rịa – Vũng Tàu'];

export const landRegions = Object.keys(regionsOfLaw) as readonly LandRegion[];

/** The waters that the articles name: near the coast, and the open East Sea with its islands. */
export const seaRegions = ['coastal-waters', 'east-sea'] as const;

export const bacBo: readonly LandRegion[] = ['tay-bac', 'viet-bac', 'dong-bac', 'dong-bang-bac-bo'];
export const trungBo: readonly LandRegion[] = ['bac-trung-bo', 'trung-trung-bo', 'nam-trung-bo'];
export const southAndHighlands: readonly LandRegion[] = ['tay-nguyen', 'nam-bo'];

/** The stretches of coast of Article 43, from north to south, with their provinces of 2021. */
export const coastsOfLaw = {
  'quang-ninh-thanh-hoa': ['Quảng Ninh', 'Hải Phòng', 'Thái Bình', 'Nam Định', 'Ninh Bình', 'Thanh Hóa'],
  'nghe-an-ha-tinh': ['Nghệ An', 'Hà Tĩnh'],
  'quang-binh-hue': ['Quảng Bình', 'Quảng Trị', 'Thừa Thiên Huế'],
  'da-nang-binh-dinh': ['Đà Nẵng', 'Quảng Nam', 'Quảng Ngãi', 'Bình Định'],
  'phu-yen-ninh-thuan': ['Phú Yên', 'Khánh Hòa', 'Ninh Thuận'],
  'binh-thuan-bac-lieu': [
    'Bình Thuận',
    'Bà Rịa – Vũng Tàu',
    'Thành phố Hồ Chí Minh',
    'Tiền Giang',
    'Bến Tre',
    'Trà Vinh',
    'Sóc Trăng',
    'Bạc Liêu',
  ],
  'ca-mau-east': ['Cà Mau'],
  'ca-mau-west': ['Cà Mau'],
  'kien-giang': ['Kiên Giang'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Coast = keyof typeof coastsOfLaw;

export const coasts = Object.keys(coastsOfLaw) as readonly Coast[];

/**
 * Areas of Annex XII table 5 (flash flood, landslide), provinces of 2021. Second-hand transcription, which has Khánh Hòa
 * in areas 3 and 4. A province that is not here is not in the table.
 */
export const flashFloodAreas: Readonly<Record<string, readonly string[]>> = {
  '1': ['Lai Châu', 'Sơn La', 'Điện Biên', 'Hòa Bình', 'Lào Cai', 'Yên Bái', 'Hà Giang'],
  '2': ['Tuyên Quang', 'Bắc Kạn', 'Lạng Sơn', 'Cao Bằng', 'Thanh Hóa', 'Nghệ An', 'Quảng Ngãi'],
  '3': [
    ...['Phú Thọ', 'Thái Nguyên', 'Quảng Ninh', 'Hà Tĩnh', 'Quảng Bình', 'Quảng Trị', 'Thừa Thiên Huế'],
    ...['Đà Nẵng', 'Quảng Nam', 'Kon Tum', 'Gia Lai', 'Đắk Lắk', 'Đắk Nông', 'Lâm Đồng'],
  ],
  '4': ['Vĩnh Phúc', 'Bắc Giang', 'Hải Phòng', 'Bình Định', 'Phú Yên', 'Ninh Thuận', 'Bình Thuận'],
  '3-and-4': ['Khánh Hòa'],
};
