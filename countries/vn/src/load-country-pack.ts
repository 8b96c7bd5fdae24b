import { readFileSync } from 'node:fs';
import type { CountryPack, Named, Words } from './country-pack.ts';
import { JsonNode, PackProblem } from './json-node.ts';
import { readAreas } from './read-areas.ts';
import { readFacilityDuties } from './read-facility-duties.ts';
import {
  readCategory,
  readCountry,
  readDutyRule,
  readEmergencyNumber,
  readFirstDispatch,
  readFirstMeasure,
  readLimit,
  readMessage,
  readNamed,
  readOrganisation,
  readSources,
  readSupervisionCategory,
  readTelephone,
  readTimer,
  type Sources,
} from './read-facts.ts';
import { readCrewRule, readShiftStart } from './read-room.ts';

/**
 * A country pack over a folder of JSON files. Each file is read and checked when its part is first asked for
 * and kept after that.
 *
 * @param data the folder, as a file URL that ends with a slash
 * @throws PackProblem (at first use of a part) naming the file and the place that is wrong
 */
export function loadCountryPack(data: URL): CountryPack {
  const sources = once(() => readSources(readDataFile(data, 'sources.json')));
  const list = <T>(file: string, field: string, read: (node: JsonNode, sources: Sources) => T) =>
    once(() => unique(readDataFile(data, file).field(field)).map((node) => read(node, sources())));
  const country = once(() => readCountry(readDataFile(data, 'country.json').field('country'), sources()));
  const areas = once(() =>
    readAreas(
      {
        topology: readDataFile(data, 'provinces.topo.json'),
        provinces: readDataFile(data, 'provinces.json'),
        specialZones: readDataFile(data, 'special-zones.json'),
      },
      sources(),
    ),
  );
  const organisations = list('organisations.json', 'organisations', readOrganisation);
  const timers = list('timers.json', 'timers', readTimer);
  const limits = list('limits.json', 'limits', readLimit);
  const categories = list('categories.json', 'categories', readCategory);
  const supervisionCategories = list(
    'supervision-categories.json',
    'supervisionCategories',
    readSupervisionCategory,
  );
  const firstMeasures = list('first-measures.json', 'firstMeasures', readFirstMeasure);
  const firstDispatch = list('first-dispatch.json', 'firstDispatch', readFirstDispatch);
  const resourceKinds = list('resource-kinds.json', 'resourceKinds', readNamed);
  const emergencyNumbers = list('emergency-numbers.json', 'emergencyNumbers', readEmergencyNumber);
  const dutyRules = list('duty-rules.json', 'dutyRules', readDutyRule);
  const crewRules = list('room.json', 'crewRules', readCrewRule);
  const shiftStarts = list('room.json', 'shiftStarts', readShiftStart);
  const forms = list('room.json', 'forms', readNamed);
  const telephone = once(() =>
    readTelephone(readDataFile(data, 'telephone.json').field('telephone'), sources()),
  );
  const facilityDuties = once(() =>
    readFacilityDuties(readDataFile(data, 'facility-duties.json'), sources(), unique),
  );
  const messages = list('messages.json', 'messages', readMessage);
  const words = once(() => readWords(readDataFile(data, 'words.json'), sources()));
  return {
    get country() {
      return country();
    },
    get sources() {
      return [...sources().values()];
    },
    get areas() {
      return areas();
    },
    get organisations() {
      return organisations();
    },
    get timers() {
      return timers();
    },
    get limits() {
      return limits();
    },
    get categories() {
      return categories();
    },
    get supervisionCategories() {
      return supervisionCategories();
    },
    get firstMeasures() {
      return firstMeasures();
    },
    get firstDispatch() {
      return firstDispatch();
    },
    get resourceKinds() {
      return resourceKinds();
    },
    get emergencyNumbers() {
      return emergencyNumbers();
    },
    get dutyRules() {
      return dutyRules();
    },
    get crewRules() {
      return crewRules();
    },
    get shiftStarts() {
      return shiftStarts();
    },
    get forms() {
      return forms();
    },
    get telephone() {
      return telephone();
    },
    get facilityDuties() {
      return facilityDuties();
    },
    get messages() {
      return messages();
    },
    get words() {
      return words();
    },
  };
}

/** One file of a country's data folder. */
export function readDataFile(data: URL, file: string): JsonNode {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(new URL(file, data), 'utf8'));
  } catch (cause) {
    throw new PackProblem(file, '', 'cannot be read as JSON', { cause });
  }
  return new JsonNode(file, '', value);
}

function readWords(file: JsonNode, sources: Sources): Words {
  const list = (field: string): Named[] => unique(file.field(field)).map((node) => readNamed(node, sources));
  return {
    falseAlarmCauses: list('falseAlarmCauses'),
    outcomes: list('outcomes'),
    ownerAnswers: list('ownerAnswers'),
    levels: list('levels'),
    managingLevels: list('managingLevels'),
    zoneKinds: list('zoneKinds'),
    waterSources: list('waterSources'),
    hazards: list('hazards'),
    incidentWords: list('incidentWords'),
  };
}

/** The items of a list whose keys (code, with the level where there is one, or category) must differ. */
function unique(list: JsonNode): JsonNode[] {
  const seen = new Set<string>();
  for (const node of list.items()) {
    const name = node.field('code').isAbsent ? node.field('category') : node.field('code');
    const level = node.field('level').isAbsent ? '' : node.field('level').text();
    const key = `${level}/${name.text()}`;
    if (seen.has(key)) throw name.fail('stands twice');
    seen.add(key);
  }
  return list.items();
}

function once<T>(make: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: make() };
    return kept.value;
  };
}
