/**
 * The bill of materials of dist/, or of the functions on AWS, as CycloneDX 1.6: what is in it, with hashes, licences and who
 * needs whom. Made of the lock alone and the same for the same lock: no random serial number, and a time only from SOURCE_DATE_EPOCH.
 *
 *   node service/toolchain/supply/sbom.ts [functions]   prints it
 */
import type { Lock, Manifest } from './lock.ts';
import { readLock, readManifests } from './lock.ts';
import type { Place, Shipped } from './shipped.ts';
import { neededDirectly, shippedBy } from './shipped.ts';

export interface SbomOptions {
  readonly lock: Lock;
  readonly manifest: Manifest;
  readonly place: Place;
  /** Seconds, as text; undefined leaves the time out. */
  readonly sourceDateEpoch?: string | undefined;
}

export interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  /** `excluded`: comes with an install and is in no file of it. */
  readonly scope: 'required' | 'excluded';
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly licenses: readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[];
  readonly purl: string;
}

/** https://cyclonedx.org/docs/1.6/json/ */
export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export function sbomOf({ lock, manifest, place, sourceDateEpoch }: SbomOptions): Sbom {
  const shipped = shippedBy(lock, [place]);
  const purls = new Map(shipped.map((each) => [each.path, purlOf(each)]));
  const { name = '', version = '', license = '' } = manifest;
  const ref = `pkg:npm/${name}@${version}`;
  const known = (folders: readonly string[]): string[] => [
    ...new Set(folders.map((folder) => purls.get(folder)!).sort()),
  ];
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX' as const,
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(sourceDateEpoch !== undefined && { timestamp: new Date(Number(sourceDateEpoch) * 1_000).toISOString() }),
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': ref, name, version, licenses: licencesOf(license), purl: ref },
    },
    components: shipped.map(componentOf),
    dependencies: [
      { ref, dependsOn: known(neededDirectly(lock, [place])) },
      ...shipped.map(({ path, needs }) => ({ ref: purls.get(path)!, dependsOn: known(needs) })),
    ],
  };
  return sbom;
}

function componentOf(shipped: Shipped): Component {
  const { name, version, license = '', integrity = '', isBundled } = shipped;
  const purl = purlOf(shipped);
  const [group, ofGroup] = name.includes('/') ? name.split('/') : [];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group !== undefined && { group }),
    name: ofGroup ?? name,
    version,
    scope: isBundled ? 'required' : 'excluded',
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }],
    licenses: licencesOf(license),
    purl,
  };
}

const licencesOf = (license: string): Component['licenses'] => [
  license.includes(' ') ? { expression: license } : { license: { id: license } },
];

/** https://github.com/package-url/purl-spec: the @ of a scope is escaped. */
const purlOf = ({ name, version }: Pick<Shipped, 'name' | 'version'>): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** As a file. */
export const sbomText = (place: Place): string =>
  `${JSON.stringify(
    sbomOf({
      lock: readLock(),
      manifest: readManifests()['']!,
      place,
      sourceDateEpoch: process.env['SOURCE_DATE_EPOCH'],
    }),
    null,
    2,
  )}\n`;

if (import.meta.main) process.stdout.write(sbomText(process.argv[2] === 'functions' ? 'functions' : 'dist'));
