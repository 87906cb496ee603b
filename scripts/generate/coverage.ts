import {
  type ContractOperation,
  contractOperations,
  withoutNames,
} from '../../src/api/contract/contract-operations.ts';
import { contractLayouts, families } from '../../src/api/families.ts';
import { factsFor, type Operation } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
import { page, table } from './markdown.ts';

const familyNames = contractLayouts.map(({ name }) => name);

/** Generates docs/reference/coverage.md: which operations are served in which family, and which return 501. */
export function coveragePage(): string {
  const contract = contractOperations();
  const served = servedUrls();
  const isServed = (operation: ContractOperation): boolean => served.has(operationKey(operation.method, operation.url));
  const tags = [...new Set(contract.map((operation) => operation.tag))].toSorted();
  const servedTags = new Set(contract.filter(isServed).map((operation) => operation.tag));
  const of = (tag: string): ContractOperation[] => contract.filter((operation) => operation.tag === tag);
  return page(
    'Coverage of the contract',
    'src/api/operations.ts and src/api/contract/operations.json',
    'The operations of the contract in the services that Muniment knows. Operations that are not served return 501 with ' +
      'their name; so do the parameters listed below. They are never silently ignored.',
    '## Services',
    totals(contract, tags, isServed),
    '## Services that are served at least in part',
    'In these tables, **served** operations are implemented, 501 means not yet, and an empty cell means that the family does not have the operation.',
    ...tags.filter((tag) => servedTags.has(tag)).map((tag) => tagTable(tag, of(tag), isServed)),
    '## Parameters not served yet',
    notServed((facts) => Object.keys(facts.parametersNotServed?.properties ?? {})),
    '## Services that are not served yet',
    'All of these operations answer 501.',
    ...tags.filter((tag) => !servedTags.has(tag)).map((tag) => unservedTagTable(tag, of(tag))),
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
  return `${method} ${withoutNames(path)}`;
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
    ...familyNames.map((family) => count(own.filter((operation) => operation.family === family))),
  ];
  return table(
    ['Served', ...familyNames],
    [
      ...tags.map((tag) =>
        row(
          `[${tag}](#${tag.toLowerCase().replaceAll(' ', '-')})`,
          contract.filter((operation) => operation.tag === tag),
        ),
      ),
      row('**All**', contract),
    ],
  );
}

/** One operation in all families that have it, whatever they call it. */
interface ContractRow {
  /** Its name, method and path in v2025, else in the first family that has it. */
  readonly title: string;
  readonly same: readonly ContractOperation[];
}

function rowsOf(own: readonly ContractOperation[]): ContractRow[] {
  const byPath = Map.groupBy(own, ({ method, path }) => operationKey(method, path));
  return [...byPath.values()]
    .map((same) => {
      const first = same.find((operation) => operation.family === 'v2025') ?? same[0];
      return { title: first === undefined ? '' : `${first.operationId}<br>\`${first.method} ${first.path}\``, same };
    })
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

function tagTable(
  tag: string,
  own: readonly ContractOperation[],
  isServed: (operation: ContractOperation) => boolean,
): string {
  const rows = rowsOf(own).map(({ title, same }) => [
    title,
    ...familyNames.map((family) => {
      const operation = same.find((candidate) => candidate.family === family);
      return operation === undefined ? '' : isServed(operation) ? '**served**' : '501';
    }),
  ]);
  return `### ${tag}\n\n${table(['Operation', ...familyNames], rows)}`;
}

function unservedTagTable(tag: string, own: readonly ContractOperation[]): string {
  const rows = rowsOf(own).map(({ title, same }) => [title, same.map(({ family }) => family).join(', ')]);
  return `### ${tag}\n\n${table(['Operation', 'In'], rows)}`;
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
