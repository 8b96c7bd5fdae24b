/**
 * Best tracks written by hand after the documents of their form, for no file of either was at hand: the storms, positions
 * and winds are invented. RSMC Tokyo: "Format of RSMC Best Track Data" (jma.go.jp); the header and data line named "Sample"
 * there are the first two lines. JTWC: "Best Track/Objective Aid/Wind Radii Format" (nrlmry.navy.mil).
 */
export const JMA_TRACK = `66666 9119  150 0045 9119 0 6             MIRREILE              19920701
91092706 002 5 325 1293  935     095     30180 0140 30400 0260         #
66666 2499  004 0001 2499 0 6             BY-HAND               20250110
24083112 002 2 121 1289 1004     000
24090318 002 3 189 1183  980     060     00000 0000 90120 0120
24090606 002 5 197 1113  915     105     90090 0090 30210 0150
24090712 002 6 210 1800  985     000
`;

export const JTWC_TRACK = `WP, 99, 2024083112,   , BEST,   0, 121N, 1289E,  15, 1004, DB,   0,    ,    0,    0,    0,    0, 1006,  150,  60,   0,   0,   W,   0,    ,   0,   0,     INVEST, S,
WP, 99, 2024090606,   , BEST,   0, 197N, 1113E, 130,  920, ST,  34, NEQ,  150,  120,   90,  130, 1004,  220,  15, 160,  20,   W,   0,    , 280,   8,    BY-HAND, D,
WP, 99, 2024090606,   , BEST,   0, 197N, 1113E, 130,  920, ST,  50, NEQ,   70,   60,   50,   60, 1004,  220,  15, 160,  20,   W,   0,    , 280,   8,    BY-HAND, D,
WP, 99, 2024090606,   , BEST,   0, 197N, 1113E, 130,  920, ST,  64, AAA,   40,    0,    0,    0, 1004,  220,  15, 160,  20,   W,   0,    , 280,   8,    BY-HAND, D,
SH, 03, 2024110100,   , BEST,   0, 120S, 1795W,  35,    0, TC,  34, SEQ,   50,   40,   30,   20
`;
