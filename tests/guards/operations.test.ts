import { describe, expect, test } from 'vitest';
import { contractOperations, withoutNames } from '../../src/api/contract/contract-operations.ts';
import { contractLayouts, families, type Family } from '../../src/api/families.ts';
import { factsFor, type Operation } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
import { differences } from './differences.ts';
import { filesOf, root, textOf } from './repository.ts';

/** The operations exported by files in folders of src/api, by file. */
async function exportedOperations(): Promise<Map<string, Operation[]>> {
  const files = filesOf('src/api/*/*.ts').filter((file) => !file.endsWith('.test.ts'));
  const found = new Map<string, Operation[]>();
  for (const file of files) {
    const module = (await import(`${root}${file}`)) as Record<string, unknown>;
    const own = Object.values(module).filter(isOperation);
    if (own.length > 0) {
      found.set(file, own);
    }
  }
  return found;
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'operationId' in value && 'handle' in value;
}

/** Whether a file declares a resource: `src/api/segments/segments.ts`. */
function isOfResource(file: string): boolean {
  return /^src\/api\/(?<folder>[\w-]+)\/\k<folder>\.ts$/.test(file);
}

/** Whether a family of the contract has the operation deliberately, although the contract does not. */
function isExtension({ operationId, method, path }: Operation, family: Family): boolean {
  return differences.some(
    ({ operations: own, families: among, findings }) =>
      own?.includes(operationId) === true &&
      among?.includes(family) === true &&
      findings.includes(`${method} ${path}: not in the contract`),
  );
}

/** `getOAuthClient` is `get-oauth-client`. */
function kebabCase(name: string): string {
  return name
    .replace('OAuth', 'Oauth')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

/** Returns the name of an operation: its operationId in v2025, or in the first family that has it. */
function nameOf(operation: Operation): string {
  const family = operation.families.includes('v2025') ? 'v2025' : operation.families[0];
  return family === undefined ? operation.operationId : factsFor(operation, family).operationId;
}

describe('src/api/operations.ts', () => {
  test('lists every operation that a file exports, once', async () => {
    const exported = [...(await exportedOperations()).values()].flat();
    expect(exported.filter((operation) => !operations.includes(operation)).map(nameOf)).toEqual([]);
    expect(operations.filter((operation) => !exported.includes(operation)).map(nameOf)).toEqual([]);
    expect(operations.filter((operation, index) => operations.indexOf(operation) !== index).map(nameOf)).toEqual([]);
  });

  test('has one operation per file, with the same name', async () => {
    for (const [file, own] of await exportedOperations()) {
      if (!isOfResource(file)) {
        expect([file, own.map(nameOf).map(kebabCase)]).toEqual([file, [file.replace(/^.*\/|\.ts$/g, '')]]);
      }
    }
  });

  test('has the operations that follow from a resource beside it, in the file called as its folder', async () => {
    for (const [file, own] of [...(await exportedOperations())].filter(([name]) => isOfResource(name))) {
      const names = [...textOf(file).matchAll(/^export const (\w+) = (?:list|create|get|patch|delete)Of\(/gm)];
      expect([file, names.map(([, name]) => name)]).toEqual([file, own.map(nameOf)]);
    }
  });

  test('has operationIds that are unique in their family', () => {
    for (const family of families) {
      const own = operations.filter((operation) => operation.families.includes(family.name));
      const ids = own.map((operation) => factsFor(operation, family.name).operationId);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    }
  });

  test('names operations and tags as the contract does, in each of its families', () => {
    const contract = contractOperations();
    const wrong: string[] = [];
    for (const family of contractLayouts) {
      for (const operation of operations.filter(({ families: own }) => own.includes(family.name))) {
        if (isExtension(operation, family.name)) {
          continue;
        }
        const { operationId } = factsFor(operation, family.name);
        const url = family.urlPath(operation.path);
        const known = contract.find(
          (candidate) =>
            candidate.method === operation.method &&
            withoutNames(candidate.url) === withoutNames(url) &&
            candidate.family === family.name,
        );
        if (known?.operationId !== operationId || known.tag !== operation.tag) {
          const expected = known === undefined ? 'nothing' : `${known.operationId} (${known.tag})`;
          wrong.push(`${operation.method} ${url}: ${operationId} (${operation.tag}); the contract has ${expected}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
