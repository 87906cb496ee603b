import { contractLayouts, type Family, type FamilyLayout } from '../families.ts';
import operations from './operations.json' with { type: 'json' };

/** One operation of the ISC contract in one family, implemented or not. */
export interface ContractOperation {
  readonly family: Family;
  readonly tag: string;
  readonly operationId: string;
  readonly method: string;
  /** The contract's path, e.g. `/entitlements/{id}`. */
  readonly path: string;
  /** The complete path of the URL with `{name}` for parameters, e.g. `/v2025/entitlements/{id}`. */
  readonly url: string;
}

/**
 * Returns every operation of the contract in the covered services, from `operations.json`. The file maps each tag and
 * set of families to operationIds, each with its method and path. It omits version and suffix of the per-service layout,
 * unless the version is not 1. These are facts of the published API; new operations are added there.
 */
export function contractOperations(layouts: readonly FamilyLayout[] = contractLayouts): ContractOperation[] {
  const byTag: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = operations;
  return Object.entries(byTag).flatMap(([tag, byFamilies]) =>
    Object.entries(byFamilies).flatMap(([families, byId]) => {
      const names = families.split(' ');
      return layouts
        .filter(({ name }) => names.includes(name))
        .flatMap((layout) =>
          Object.entries(byId).map(([id, methodAndPath]) => {
            const [method = '', path = ''] = methodAndPath.split(' ');
            const operationId = /V\d+$/.test(id) ? id : `${id}${layout.operationIdSuffix}`;
            return { family: layout.name, tag, operationId, method, path, url: layout.urlPath(path) };
          }),
        );
    }),
  );
}

/** A path without the names of its parameters, which differ between families and do not matter for routing. */
export function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '{}');
}

const borrowers = contractLayouts.filter(({ factsFrom }) => factsFrom !== undefined);
const borrowed = new Set(contractOperations(borrowers).map(({ family, method, path }) => keyOf(family, method, path)));

/**
 * The families that serve an operation: the named ones, and those that take their facts from one of them and have the
 * operation in the contract.
 */
export function familiesServing(method: string, path: string, named: readonly Family[]): Family[] {
  const borrowing = borrowers.filter(
    ({ name, factsFrom }) =>
      factsFrom !== undefined && named.includes(factsFrom) && borrowed.has(keyOf(name, method, path)),
  );
  return [...borrowing.map(({ name }) => name), ...named];
}

function keyOf(family: Family, method: string, path: string): string {
  return `${family} ${method} ${withoutNames(path)}`;
}
