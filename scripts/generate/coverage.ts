import { type ContractOperation, contractOperations } from '../../src/api/contract/contract-operations.ts';
import { contractFamilies, families } from '../../src/api/families.ts';
import { factsFor, type Operation } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
import { page, table } from './markdown.ts';

/** Generates docs/reference/coverage.md: which operations are served in which family, and which return 501. */
export function coveragePage(): string {
  const contract = contractOperations();
  const served = servedUrls();
  const isServed = (operation: ContractOperation): boolean => served.has(operationKey(operation.method, operation.url));
  const tags = [...new Set(contract.map((operation) => operation.tag))].toSorted();
  return page(
    'Coverage of the contract',
    'src/api/operations.ts and src/api/contract/operations.json',
    'The operations of the contract in the services that Muniment implements. Operations that are not served return 501 with ' +
      'their name; so do the parameters and filters listed at the end. They are never silently ignored.',
    totals(contract, tags, isServed),
    'In the tables below, **served** operations are implemented, 501 means not yet, and an empty cell means that the family does not have the operation.',
    ...tags.map((tag) =>
      tagTable(
        tag,
        contract.filter((operation) => operation.tag === tag),
        isServed,
      ),
    ),
    '## Parameters not served yet',
    notServed((facts) => Object.keys(facts.parametersNotServed?.properties ?? {})),
    '## Filter fields not served yet',
    notServed((facts) => facts.collection?.filtersNotServed ?? []),
  );
}

function servedUrls(): Set<string> {
  return new Set(
    families.flatMap((family) =>
      operations
        .filter((operation) => operation.families.includes(family.name))
        .map((operation) => operationKey(operation.method, family.urlPath(operation.path))),
    ),
  );
}

/** Families have different names for path parameters of the same operation. */
function operationKey(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
}

function totals(
  contract: readonly ContractOperation[],
  tags: readonly string[],
  isServed: (operation: ContractOperation) => boolean,
): string {
  const count = (own: readonly ContractOperation[]): string =>
    own.length === 0 ? '' : `${own.filter(isServed).length} of ${own.length}`;
  const row = (name: string, own: readonly ContractOperation[]): string[] => [
    name,
    ...contractFamilies.map((family) => count(own.filter((operation) => operation.family === family))),
  ];
  return table(
    ['Served', ...contractFamilies],
    [
      ...tags.map((tag) =>
        row(
          tag,
          contract.filter((operation) => operation.tag === tag),
        ),
      ),
      row('**All**', contract),
    ],
  );
}

/** Returns one row per operation, with its name in v2025 or in the first family that has it. */
function tagTable(
  tag: string,
  own: readonly ContractOperation[],
  isServed: (operation: ContractOperation) => boolean,
): string {
  const byPath = Map.groupBy(own, (operation) => operationKey(operation.method, pathWithoutVersion(operation)));
  const rows = [...byPath.values()].map((same) => {
    const first = same.find((operation) => operation.family === 'v2025') ?? same[0];
    return [
      first === undefined ? '' : `${first.operationId}<br>\`${first.method} ${pathWithoutVersion(first)}\``,
      ...contractFamilies.map((family) => {
        const operation = same.find((candidate) => candidate.family === family);
        return operation === undefined ? '' : isServed(operation) ? '**served**' : '501';
      }),
    ];
  });
  return `## ${tag}\n\n${table(['Operation', ...contractFamilies], rows)}`;
}

function pathWithoutVersion({ family, url }: ContractOperation): string {
  return family === 'v1' ? url.replace(/^(\/[^/]+)\/v1(?=\/|$)/, '$1') : url.replace(`/${family}`, '');
}

function notServed(names: (facts: ReturnType<typeof factsFor>) => readonly string[]): string {
  const rows = operations.flatMap((operation) =>
    [...familiesByName(operation, names)].map(([name, own]) => [operation.operationId, `\`${name}\``, own.join(', ')]),
  );
  return rows.length === 0 ? 'None.' : table(['Operation', 'Name', 'In'], rows);
}

function familiesByName(
  operation: Operation,
  names: (facts: ReturnType<typeof factsFor>) => readonly string[],
): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const family of operation.families) {
    for (const name of names(factsFor(operation, family))) {
      byName.set(name, [...(byName.get(name) ?? []), family]);
    }
  }
  return byName;
}
