import type { ReadRule } from '../finding.ts';
import type { ReaderName } from '../reading.ts';

/** What the page says of a reader. */
export interface SourceText {
  readonly title: string;
  readonly document: string;
  /** The function and its file. */
  readonly file: string;
  /** Files whose rules are this reader's; those of all readers are named once. */
  readonly files: readonly string[];
  readonly fields: string;
  readonly units: string;
  readonly quirks: readonly string[];
  /** What it was checked against. */
  readonly check: string;
}

export const SOURCES: Readonly<Record<ReaderName, SourceText>> = {
  'usgs-geojson': {
    title: 'USGS earthquakes, GeoJSON: summary feed, FDSN query, details of one event',
    document:
      'earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php and geojson_detail.php; earthquake.usgs.gov/fdsnws/event/1',
    file: 'usgs-geojson.ts',
    files: ['usgs-geojson.ts'],
    fields:
      'id, ids, net, code, time, updated, status, type, mag, magType, mmi, cdi, felt, alert, tsunami, nst, gap, place, coordinates, products (type, source, code, updateTime, status, preferredWeight), metadata (generated, status, count, limit)',
    units: 'magnitude; depth in km, negative above sea level; time in milliseconds since 1970 UTC',
    quirks: [
      'An event changes its identity when another network takes it over: `ids` are kept as aliases, and a register goes by all of them.',
      'A deleted event may come without time and place. It is kept, because it withdraws the earlier one.',
      'Details list superseded versions and DELETE products beside those that count. A product is one of source and code; its latest version counts; a DELETE that is the latest withdraws it although earlier versions stand in the list, and a version after a DELETE brings it back.',
      '`mmi` is the greatest of the ShakeMap, modelled: it is flagged `estimated`. `tsunami: 1` says that a product may exist, not that there is a wave.',
      'Quarry blasts and explosions stand among the earthquakes.',
    ],
    check:
      'one week (1,707 events), three queries, four details; counts, and the products of Tohoku 2011 by hand',
  },
  'usgs-shakemap': {
    title: 'USGS ShakeMap, info.json',
    document: 'usgs.github.io/shakemap, manual of version 4',
    file: 'usgs-shakemap.ts',
    files: ['usgs-shakemap.ts'],
    fields:
      'event_id, magnitude, latitude, longitude, depth, origin_time, location; greatest MMI, PGA, PGV with their units; map_status, process_time, seismic_stations',
    units: 'MMI; g (from %g); cm/s; depth in km',
    quirks: [
      'All values are of a model and flagged `estimated`; maps that nobody has looked at `provisional`.',
      'Maps come up to two hours late and are made again: the process time is the revision.',
    ],
    check: 'the map of Northridge 1994 has place and magnitude of its query and its details',
  },
  quakeml: {
    title: 'QuakeML 1.2, Basic Event Description',
    document: 'quakeml.org, QuakeML-BED-1.2.xsd',
    file: 'quakeml/read-quakeml.ts',
    files: ['quakeml/read-quakeml.ts', 'quakeml/check.ts'],
    fields:
      'of every event the preferred origin (time, latitude, longitude, depth, their uncertainties, quality, evaluation) and magnitude (mag, type), type, descriptions, creationInfo; every other element is held against the schema',
    units: '**depth in metres there, in km here**; time UTC',
    quirks: [
      'Depths that are kilometres in a field of metres (four of the files at hand; 29 m under Tohoku): taken as the document says, and named.',
      'No preferred origin, or one that is not in the event: the last made of those not rejected is taken, and named.',
      'Rejected origins and events of the type `not existing` are withdrawals.',
      'The schema lets nearly everything be absent or stand twice, because it puts choices into loops; what it means is named as a warning.',
      'Its pattern of identifiers uses `\\w`, which in XML Schema holds symbols such as `>`; read as letters and digits, which is what the rest of the pattern expects.',
      'Elements and attributes of other namespaces may stand anywhere. The ANSS ones give the identity of GeoJSON, which becomes an alias.',
      'Older and real-time namespaces are read and named. `type` "null" is taken for none.',
    ],
    check:
      'ten files of ObsPy and a phase file of 0.96 MB: the six that hold to the schema have no finding of it, `invalid_enum` and `invalid_id` the right one, the other three what is against it; Kaikoura 2016 is the same as in GeoJSON',
  },
  gdacs: {
    title: 'GDACS RSS',
    document: 'gdacs.org, feed reference (namespace http://www.gdacs.org)',
    file: 'gdacs.ts',
    files: ['gdacs.ts'],
    fields:
      'eventtype, eventid, episodeid, alertlevel, alertscore, their episode values, severity, population, country, fromdate, todate, pubDate, datemodified, iscurrent, temporary, cap, glide, bbox, Point or point',
    units: 'magnitude and depth of earthquakes; other severities stay as they are given, in the details',
    quirks: [
      'A feed that breaks off, or is not well formed in the middle, is read to there: `complete` is false, and what was not closed is left out by name.',
      'Colour and score may contradict each other; the colour counts. The score of each colour is not documented: 0-1, 2, 3 as in the files at hand (unofficial).',
      'The wind of a storm in `severity` is not the one in its words: 129.6 and 111 km/h, 175.9 and 46. Named, and no wind is given, because its mean is not known either.',
      'The depth of an earthquake stands in words only.',
      'The feed holds at most 100 events a hazard, and some items have a box and no point.',
    ],
    check: 'five files, 157 items',
  },
  firms: {
    title: 'NASA FIRMS active fires, VIIRS and MODIS, CSV',
    document:
      'earthdata.nasa.gov, "Active Fire Data Attributes for MODIS and VIIRS"; MODIS Collection 6 Active Fire Product User\'s Guide (classes of confidence)',
    file: 'firms.ts',
    files: ['firms.ts', 'text/table.ts'],
    fields:
      'latitude, longitude, acq_date, acq_time, satellite, instrument, confidence, version, frp, bright_ti4 or brightness, bright_ti5 or bright_t31, scan, track, daynight, country_id',
    units: 'MW; K; time UTC',
    quirks: [
      '`acq_time` without its zeros in front: 234 is 02:34, 5 is 00:05.',
      'Confidence is l, n, h, or low, nominal, high, or 0-100 (below 30 low, from 80 high).',
      'VIIRS rows under the column names of MODIS; one satellite under several names (N20, NOAA-20, J1; N is Suomi NPP); a country column in front.',
      'A wrong key is answered with HTTP 200 and a sentence: `source-refused`, never "no fires".',
      'The pixel is where something burns, not the fire: 375 m or 1 km at the best. Nothing numbers fires, so pass and pixel are the identity.',
    ],
    check: 'three samples, 2,407 rows',
  },
  ibtracs: {
    title: 'IBTrACS version 4, CSV, complete or cut down',
    document: 'ncei.noaa.gov, IBTrACS v04r01 column documentation',
    file: 'cyclone/ibtracs.ts',
    files: ['cyclone/ibtracs.ts', 'cyclone/ibtracs-agencies.ts', 'text/table.ts'],
    fields:
      'SID, ISO_TIME, LAT, LON, NAME, BASIN, NATURE, TRACK_TYPE, WMO_WIND, WMO_PRES, WMO_AGENCY, wind and pressure of USA, TOKYO, CMA, HKO, KMA, NEWDELHI, REUNION, BOM, NADI, WELLINGTON, USA_R34..R64, STORM_SPEED, STORM_DIR',
    units:
      'kn, **each agency with the mean it takes: 1, 2, 3 or 10 minutes, as a quantity of its own**; hPa; radii from nautical miles to km; time UTC',
    quirks: [
      'The second row gives units and is no data.',
      'WMO_WIND is the wind of whichever agency is responsible. Without the column WMO_AGENCY it is taken as the 10-minute wind of Tokyo where the storm began between 100 and 180 degrees east in the north, and named; elsewhere it is left out.',
      'Decision 18 uses 2-minute winds: see `index wind` for the conversion. A 1-minute wind beside a 10-minute one is no revision of it.',
    ],
    check: 'two files, 3,026 rows, 102 storms; Yagi 2024',
  },
  'jma-best-track': {
    title: 'RSMC Tokyo best track (bst_all.txt)',
    document: 'jma.go.jp, RSMC Tokyo, "Format of RSMC Best Track Data"',
    file: 'cyclone/jma.ts',
    files: ['cyclone/jma.ts'],
    fields:
      'header: number, lines, name, date of revision; lines: time, grade, latitude, longitude, pressure, wind, direction and longest and shortest radius of 50 and 30 kn, landfall',
    units: '10-minute wind in kn; hPa; radii from nautical miles to km; time UTC',
    quirks: [
      'Years have two digits: 51-99 are of the last century.',
      'Wind 000 is none, not calm: below tropical storm, and before 1977.',
      'Direction 9 is a circle, 0 none. Fixed columns: a shifted line is named and left out.',
    ],
    check: '**no real file was at hand**: the sample of the document, and lines written by hand after it',
  },
  'jtwc-best-track': {
    title: 'JTWC best track (ATCF b-deck), also a-deck',
    document: 'science.nrlmry.navy.mil/atcf/docs/database/new/abrdeck.html',
    file: 'cyclone/jtwc.ts',
    files: ['cyclone/jtwc.ts'],
    fields:
      'BASIN, CY, YYYYMMDDHH, minutes, TECH, TAU, position, VMAX, MSLP, TY, RAD, WINDCODE, RAD1-4, GUSTS, DIR, SPEED, STORMNAME',
    units: '1-minute wind in kn; hPa; radii from nautical miles to km; time UTC',
    quirks: [
      'One fix has up to three lines, one for each wind whose radii are known; they are joined, and what contradicts is named.',
      'Zero and negative numbers are "not known". A quadrant code says with which quadrant the four radii begin.',
      'A season of the southern half is named after the year it ends in. TAU above 0 makes it a forecast.',
    ],
    check: '**no real file was at hand**: lines written by hand after the document',
  },
  'noaa-coops': {
    title: 'NOAA CO-OPS water levels and tide predictions, JSON',
    document: 'api.tidesandcurrents.noaa.gov/api/prod/responseHelp.html',
    file: 'water/noaa-coops.ts',
    files: ['water/noaa-coops.ts'],
    fields: 'metadata (id, name, lat, lon); t, v, f, q of data; t, v, type of predictions',
    units: 'm; **datum, unit and zone are not in the answer: the caller gives what was asked for**',
    quirks: [
      'Without datum, unit or zone given, each is named; a height without datum can be compared with nothing.',
      'Verified values replace preliminary ones of the same minute, months later: revision 1 after 0.',
      'The first flag counts outliers of a preliminary value, and says "inferred" of a verified one.',
    ],
    check: 'Seattle, January 2015, 7,201 values',
  },
  'usgs-water-json': {
    title: 'USGS water services, WaterML as JSON: instantaneous and daily values',
    document:
      'waterservices.usgs.gov, Instantaneous and Daily Values Service; parameter codes of help.waterdata.usgs.gov',
    file: 'water/usgs-json.ts',
    files: ['water/usgs-json.ts'],
    fields:
      'siteCode, siteName, geogLocation, timeZoneInfo, variableCode, unitCode, noDataValue, statistic, method, value, dateTime, qualifiers',
    units:
      'm from ft, m³/s from ft³/s, °C, µS/cm, mm; parameters 00010, 00045, 00060, 00065, 00095, 00480, 62614, 62615, 62620, 63160',
    quirks: [
      'A gauge height is above the zero of its own gauge: the datum carries the site, so that two gauges are never compared.',
      'Daily values have no zone: they are of the day of the site, in its winter time.',
      '-999999 with the qualifier Ice or Eqp is no value. Approved values replace provisional ones.',
      'Qualifiers come as a list or as one text; some proxies leave out the unit.',
    ],
    check: 'three files, 26 values',
  },
  'usgs-water-rdb': {
    title: 'USGS water services, RDB: instantaneous and daily values, annual peaks',
    document:
      'waterdata.usgs.gov, "Tab-delimited output-format description"; codes from the head of each file',
    file: 'water/usgs-rdb.ts',
    files: ['water/usgs-rdb.ts', 'water/usgs-rdb-peak.ts', 'water/usgs-rdb-values.ts', 'water/usgs-json.ts'],
    fields:
      'site_no, datetime, tz_cd, columns SERIES_PARAMETER[_STATISTIC] with their _cd; peak_dt, peak_tm, peak_va, peak_cd, gage_ht, gage_ht_cd',
    units: 'as WaterML',
    quirks: [
      'A row of widths follows the names. A file of several sites begins anew for each, and columns change their places.',
      'Ice, Eqp, *** and their like stand where a number would.',
      'Peaks of which only the month is known have the day 00. Times of peaks are local, and the file does not say where.',
      'Zones are names of North America; one that is not known leaves the row out rather than shift it by hours.',
    ],
    check: 'one file of peaks, 20 rows; values by hand after the document',
  },
  'station-form': {
    title: 'The station form, CSV or JSON, for an agency without a feed',
    document: 'this page, below',
    file: 'station/read-station-form.ts',
    files: ['station/read-station-form.ts', 'text/table.ts'],
    fields: 'the columns below',
    units: 'any that can be turned into the unit of the quantity',
    quirks: [
      'A row with a fault is left out, and all its faults are named by row and column at once.',
      'A time without zone is refused: seven hours decide whether a crest has passed. So is a comma for a point.',
      'Comma, semicolon or tab separate; the file may begin with a byte order mark.',
      'The forecast issued later replaces the earlier one for the same time, unless the agency numbers its revisions.',
    ],
    check: 'by hand, every fault of every column',
  },
};

/** Rules that any reader may say: they are in the code that all share. */
export const SHARED_FILES: readonly string[] = ['collector.ts'];

/** Rules that the shared code says for the caller. */
export type RulesOf = (files: readonly string[]) => readonly ReadRule[];
