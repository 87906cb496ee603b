/** The API families: the path layouts under which the same operations are available (contract §0, "Surfaces"). */

export type Family = 'v3' | 'beta' | 'v2024' | 'v2025' | 'v2026' | 'v1' | 'muniment';

/** One family: its name in the OpenAPI documents and how a contract path becomes a URL path. */
export interface FamilyLayout {
  readonly name: Family;
  readonly title: string;
  /** Converts a contract path such as `/entitlements/{id}` to the path of this family. */
  readonly urlPath: (path: string) => string;
  /** The suffix of the family's operation names. */
  readonly operationIdSuffix: string;
  /**
   * The family whose facts also apply to this one. Operations do not name this family: it serves those operations of the
   * other family that the contract lists for it.
   */
  readonly factsFrom?: Family;
  /** Whether unknown query parameters are rejected. Clients of ISC send their own, which ISC ignores. */
  readonly refusesUnknownParameters?: boolean;
}

function prefixedBy(prefix: string): (path: string) => string {
  return (path) => `${prefix}${path}`;
}

/** The per-service layout: `/entitlements/{id}` becomes `/entitlements/v1/{id}`; `/sources/v2/…` already has a version. */
function versionAfterService(path: string): string {
  return path.replace(/^\/[^/]+(?=\/|$)(?!\/v\d+(?:\/|$))/, '$&/v1');
}

/** All families. `muniment` contains what the ISC contract does not have. */
export const families: readonly FamilyLayout[] = [
  { name: 'v3', title: 'ISC v3', urlPath: prefixedBy('/v3'), operationIdSuffix: '', factsFrom: 'v2024' },
  { name: 'beta', title: 'ISC beta', urlPath: prefixedBy('/beta'), operationIdSuffix: '' },
  { name: 'v2024', title: 'ISC v2024', urlPath: prefixedBy('/v2024'), operationIdSuffix: '' },
  { name: 'v2025', title: 'ISC v2025', urlPath: prefixedBy('/v2025'), operationIdSuffix: '' },
  { name: 'v2026', title: 'ISC v2026', urlPath: prefixedBy('/v2026'), operationIdSuffix: '' },
  { name: 'v1', title: 'ISC per-service v1', urlPath: versionAfterService, operationIdSuffix: 'V1' },
  {
    name: 'muniment',
    title: 'Muniment extensions',
    urlPath: prefixedBy('/muniment/v1'),
    operationIdSuffix: '',
    refusesUnknownParameters: true,
  },
];

/** The families of the ISC contract. */
export const contractLayouts: readonly FamilyLayout[] = families.filter(({ name }) => name !== 'muniment');

/** The families of the ISC contract with their own facts, which operations name. */
export const contractFamilies: readonly Family[] = ['beta', 'v2024', 'v2025', 'v2026', 'v1'];

/** The layout of a family. */
export function layoutOf(name: Family): FamilyLayout {
  const layout = families.find((family) => family.name === name);
  if (layout === undefined) {
    throw new Error(`There is no family ${name}.`);
  }
  return layout;
}
