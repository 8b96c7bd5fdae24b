import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of the sources, read where they are: see docs/testing.md. */
const FOLDER = fileURLToPath(new URL('../../../../../../shared/data/hazards/', import.meta.url));

/** Why the tests over real files are skipped; null: they are not. */
export const withoutFiles = fs.existsSync(FOLDER)
  ? null
  : 'there is no shared/data/hazards beside the project';

export const fileBytes = (name: string): Uint8Array => fs.readFileSync(path.join(FOLDER, name));
export const fileText = (name: string): string => fs.readFileSync(path.join(FOLDER, name), 'utf8');

/** Every file of the folders that the readers read; the schemas of QuakeML are no data. */
export const realFiles: readonly string[] =
  withoutFiles === null
    ? [
        'earthquake/usgs_vega_earthquakes_week.geojson',
        ...['earthquake/quakeml', 'earthquake/usgs_libcomcat', 'gdacs', 'firms', 'cyclone', 'water'].flatMap(
          (folder) =>
            fs
              .readdirSync(path.join(FOLDER, folder))
              .filter((name) => !name.endsWith('.xsd'))
              .map((name) => `${folder}/${name}`),
        ),
      ]
    : [];
