/**
 * Hydrological stations by area of Annex XIII, provinces of 2021. SECOND-HAND, UNOFFICIAL: after a transcription by
 * hoang-hg/vietnam-disaster-watch (MIT), not held against the signed annex. One station came without its river ("?").
 * Province: river: stations; rivers are separated by semicolons.
 */
const byArea: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1': {
    'Cao Bằng': 'Giang: Bằng Giang',
    'Lạng Sơn': 'Kỳ Cùng: Lạng Sơn; Trung: Hữu Lũng',
    'Bắc Giang': '?: Văn Mịch',
    'Quảng Ninh': 'Đá Bạch: Đồn Sơn; Tiên Yên: Bình Liêu; Kinh Thầy: Bến Triều',
    'Lai Châu': 'Nậm Bum: Nà Hừ',
    'Điện Biên': 'Nậm Rốm: Mường Thanh; Nậm Nưa: Bản Yên',
    'Sơn La': 'Nậm Pàn: Hát Lót; Mã: Xã Là',
    'Hòa Bình': 'Bùi: Lâm Sơn; Bôi: Hưng Thi',
    'Lào Cai': 'Ngòi Nhù: Ngòi Nhù; Nghĩa Đô: Vĩnh Yên',
    'Yên Bái': 'Nậm Kim: Mù Cang Chải; Ngòi Thìa: Ngòi Thìa; Ngòi Hút: Ngòi Hút',
    'Phú Thọ': 'Bứa: Thanh Sơn',
    'Vĩnh Phúc': 'Phó Đáy: Quảng Cư',
    'Thanh Hóa': [
      'Bưởi: Thạch Quảng, Kim Tân',
      'Âm: Lang Chánh',
      'Yên: Chuối',
      'Ngọc Trà: Ngọc Trà',
      'Lèn: Lèn, Cụ Thôn',
      'Chu: Cửa Đạt',
    ].join('; '),
    'Nghệ An': 'Hiếu: Quỳ Châu',
    'Hà Tĩnh': 'Ngàn Sâu: Chu Lễ; Ngàn Phố: Sơn Diệm; Rào Cái: Thạch Đồng; Cửa Nhượng: Cẩm Nhượng',
    'Quảng Bình': 'Nhật Lệ: Đồng Hới',
    'Quảng Trị': 'Hiếu: Đông Hà; Cửa Việt: Cửa Việt; Bến Hải: Gia Vòng, Hiền Lương',
    'Thừa Thiên Huế': 'Tả Trạch: Thượng Nhật',
    'Quảng Ngãi': 'Trà Khúc: Sơn Giang; Vệ: An Chỉ',
    'Bình Định': 'An Lão: An Hòa; Lại Giang: Bồng Sơn; Kôn: Bình Nghi, Vĩnh Sơn',
    'Phú Yên': 'Kỳ Lộ: Hà Bằng',
    'Khánh Hòa': 'Dinh Ninh Hòa: Ninh Hòa; Cái Nha Trang: Đồng Trăng',
    'Ninh Thuận': 'Cái Phan Rang: Tân Mỹ, Phan Rang',
    'Bình Thuận': 'Lũy: Sông Lũy; Cà Ty: Phan Thiết; La Ngà: Tà Pao',
    'Kon Tum': 'Đắc Tờ Kan: Đắk Tô',
    'Đắk Lắk': 'Krông Buk: Krông Buk',
    'Đắk Nông': 'Đắk Nông: Đắk Nông',
    'Lâm Đồng': 'Cam Ly: Thanh Bình; Đa Nhim: Đại Ninh; La Ngà: Đại Nga',
  },
  '2': {
    'Cao Bằng': 'Gâm: Bảo Lạc',
    'Bắc Kạn': 'Cầu: Bắc Kạn, Chợ Mới, Thác Giềng',
    'Bắc Giang': 'Thương: Cầu Sơn; Lục Nam: Chũ; Cẩm Đàn: Cẩm Đàn',
    'Bắc Ninh': 'Cầu: Phúc Lộc Phương; Đuống: Bến Hồ',
    'Hải Phòng': [
      'Bạch Đằng: Do Nghi',
      'Lạch Tray: Kiến An',
      'Cấm: Cửa Cấm, Cao Kênh',
      'Luộc: Chanh Chử',
      'Văn Úc: Trung Trang, Quang Phục',
    ].join('; '),
    'Thái Bình': [
      'Đông Xuyên: Đông Xuyên',
      'Mới: Tiên Tiến',
      'Luộc: Triều Dương',
      'Trà Lý: TP. Thái Bình, Quyết Chiến, Đông Quý',
      'Hồng: Ba Lạt, Tiến Đức',
    ].join('; '),
    'Hà Giang': 'Lô: Hà Giang, Vĩnh Tuy, Bắc Quang; Gâm: Bắc Mê',
    'Tuyên Quang': 'Lô: Hàm Yên; Gâm: Na Hang, Chiêm Hóa',
    'Thái Nguyên': 'Cầu: Gia Bảy, Chã',
    'Lào Cai': 'Hồng (Thao): Lào Cai; Chảy: Bảo Yên (Long Phúc); Hồng: Bảo Hà',
    'Yên Bái': 'Chảy: Thác Bà',
    'Hải Dương': [
      'Thái Bình: Phú Lương, Cát Khê',
      'Kinh Thầy: Bến Bình',
      'Kinh Môn: An Phụ',
      'Gùa: Bá Nha',
      'Rạng: Quảng Đạt',
    ].join('; '),
    'Hưng Yên': 'Hồng: Hưng Yên; Luộc: La Tiến',
    'Nam Định': 'Đào: Nam Định; Ninh Cơ: Phú Lễ, Trực Phương',
    'Thanh Hóa': 'Mã: Mường Lát, Hồi Xuân, Cẩm Thủy; Chu: Bái Thượng, Xuân Khánh',
    'Nghệ An': 'Hiếu: Nghĩa Khánh; Cả: Mường Xén, Thạch Giám, Con Cuông',
    'Hà Tĩnh': 'Ngàn Sâu: Hòa Duyệt',
    'Quảng Bình': 'Gianh: Đồng Tâm, Mai Hoá, Tân Mỹ; Kiến Giang: Kiến Giang, Lệ Thủy',
    'Quảng Trị': 'Thạch Hãn: Thạch Hãn',
    'Thừa Thiên Huế': 'Bồ: Phú Ốc',
    'Quảng Nam': 'Vu Gia: Hội Khách; Thu Bồn: Hiệp Đức, Nông Sơn; Cái: Thành Mỹ; Tam Kỳ: Tam Kỳ',
    'Quảng Ngãi': 'Trà Khúc: Trà Khúc',
    'Bình Định': 'Kôn: Thạnh Hòa',
    'Kon Tum': 'Pô Kô: Đắk Mốt; Đắk Bla: Kon Plông',
    'Gia Lai': 'Ayun: PơMơRê',
    'Đắk Nông': 'Krôngnô: Đức Xuyên',
    'Đồng Nai': 'La Ngà: Phú Hiệp; Hồ Trị An: Trị An; Đồng Nai: Biên Hòa',
    'Bình Dương': 'Bé: Phước Hòa; Sài Gòn: Dầu Tiếng, Thủ Dầu Một',
    'Thành phố Hồ Chí Minh': 'Sài Gòn: Phú An; Đồng Điền: Nhà Bè',
    'Tây Ninh': 'Bến Đá: Cần Đăng; Vàm Cỏ Đông: Gò Dầu Hạ',
    'Long An': [
      'Vàm Cỏ Đông: Bến Lức',
      'Vàm Cỏ Tây: Tuyên Nhơn, Kiến Bình, Mộc Hóa, Tân An',
      'Kênh Hồng Ngự: Tân Hưng',
    ].join('; '),
    'Đồng Tháp': 'Tiền: Cao Lãnh; Kênh Phước Xuyên: Trường Xuân',
    'Tiền Giang': [
      'Kênh Xáng: Long Định',
      'Kênh Hồng Ngự: Hậu Mỹ Bắc',
      'Bà Rài: Cai Lậy',
      'Cửa Tiểu: Hòa Bình, Vàm Kênh',
      'Tiền: Mỹ Tho',
    ].join('; '),
    'Vĩnh Long': 'Tiền: Mỹ Thuận',
    'Trà Vinh': 'Hậu: Cầu Quan; Cổ Chiên: Trà Vinh',
    'Bến Tre': 'Cổ Chiên: Bến Trại; Cửa Đại: Bình Đại; Hàm Luông: An Thuận, Chợ Lách, Mỹ Hóa',
    'An Giang': [
      'Rạch Ông Chưởng: Chợ Mới',
      'Kênh Vĩnh Tế: Xuân Tô, Vĩnh Gia',
      'Kênh Núi Chóc Năng Gù: Vĩnh Hanh',
      'Kênh Tri Tôn: Tri Tôn, Cô Tô',
      'Kênh Tám Ngàn: Lò Gạch (Lương An Trà)',
      'Kênh Ba Thê: Vọng Thê',
      'Kênh Rạch Giá - Long Xuyên: Núi Sập',
      'Vàm Nao: Vàm Nao',
      'Hậu: Long Xuyên, Khánh An',
    ].join('; '),
    'Cần Thơ': 'Hậu: Cần Thơ',
    'Sóc Trăng': 'Hậu: Trần Đề, Đại Ngãi',
    'Hậu Giang': 'Cái Côn: Phụng Hiệp; Xà No: Vị Thanh',
    'Bạc Liêu': 'Quản Lộ Phụng Hiệp: Phước Long; Gành Hào: Gành Hào',
    'Kiên Giang': [
      'Kênh Cái Sắn: Tân Hiệp',
      'Kiên: Rạch Giá',
      'Cái Lớn: Xẻo Rô',
      'Kênh Vĩnh Tế: Vĩnh Điều',
      'Kênh T3: Vĩnh Phú',
      'Kênh T5: Nông Trường',
      'Kênh Rạch Giá - Long Xuyên: Tân Thành',
      'Kênh Tri Tôn: Nam Thái Sơn',
    ].join('; '),
    'Cà Mau': 'Ông Đốc: Sông Đốc; Cửa Lớn: Năm Căn; Gành Hào: Cà Mau',
  },
  '3': {
    'Bắc Giang': 'Thương: Phủ Lạng Thương; Lục Nam: Lục Nam',
    'Bắc Ninh': 'Cầu: Đáp Cầu',
    'Hòa Bình': 'Đà: Hòa Bình, Hồ Hòa Bình',
    'Tuyên Quang': 'Lô: Tuyên Quang',
    'Yên Bái': 'Hồng (Thao): Yên Bái',
    'Phú Thọ': 'Hồng (Thao): Phú Thọ; Lô: Vụ Quang, Việt Trì',
    'Hà Nội': 'Đà: Trung Hà; Đuống: Thượng Cát; Đáy: Ba Thá',
    'Hà Nam': 'Đáy: Phủ Lý',
    'Ninh Bình': 'Đáy: Ninh Bình, Như Tân; Hoàng Long: Bến Đế; Gián Khẩu: Gián Khẩu',
    'Thanh Hóa': 'Mã: Lý Nhân, Giàng, Quảng Châu',
    'Nghệ An': 'Cả: Dừa, Đô Lương, Yên Thượng, Nam Đàn, Chợ Tràng, Cửa Hội',
    'Hà Tĩnh': 'La: Linh Cảm',
    'Thừa Thiên Huế': 'Hương: Kim Long',
    'Quảng Nam': 'Thu Bồn: Giao Thủy, Câu Lâu, Hội An; Vu Gia: Ái Nghĩa',
    'Đà Nẵng': 'Hàn: Cẩm Lệ',
    'Phú Yên': 'Ba: Củng Sơn; Đà Rằng: Phú Lâm',
    'Kon Tum': 'Đắk Bla: Kon Tum',
    'Gia Lai': 'Ba: An Khê, AYunPa',
    'Đắk Lắk': 'Krông Ana: Giang Sơn; Srê Pôk: Bản Đôn',
    'Đồng Nai': 'Đồng Nai: Tà Lài',
    'An Giang': 'Tiền: Tân Châu; Hậu: Châu Đốc',
  },
  '4': {
    'Hà Nội': 'Hồng: Sơn Tây, Hà Nội (Long Biên)',
    'Hải Dương': 'Thái Bình: Phả Lại',
  },
};

export interface AnnexStation {
  readonly area: string;
  readonly province: string;
  readonly river: string;
  readonly station: string;
}

/** Every station of the transcription. */
export const annexStations: readonly AnnexStation[] = Object.entries(byArea).flatMap(([area, provinces]) =>
  Object.entries(provinces).flatMap(([province, rivers]) =>
    rivers.split('; ').flatMap((text) => {
      const [river = '', stations = ''] = text.split(': ');
      return stations.split(', ').map((station) => ({ area, province, river, station }));
    }),
  ),
);

/** The areas a station stands in by name and province; undefined where the annex does not have it (Article 45.9). */
export function stationAreaOf(province: string, station: string): string | undefined {
  return annexStations.find((one) => one.province === province && one.station === station)?.area;
}
