/** The benchmark data: sources of very different sizes with nested groups, reproducible by size and seed. */
import { randomNumbers, skewedChoice } from './random.ts';

/** A source to create. */
export interface GeneratedSource {
  readonly name: string;
  /** The number of its entitlements. */
  readonly count: number;
  readonly number: number;
}

/** The columns of every file. `memberOf` names one parent; an entitlement with several has several rows. */
export const columns = ['id', 'name', 'description', 'kind', 'privileged', 'memberOf'] as const;

const sourceCount = 20;

/** The sources: the largest has 27.8 % of the entitlements, the next half of that, then a third, and so on. */
export function generatedSources(size: number): GeneratedSource[] {
  const weights = Array.from({ length: sourceCount }, (_, index) => 1 / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sources = weights.map((weight, index) => ({
    name: `Bench ${String(index + 1).padStart(2, '0')}`,
    count: Math.floor((size * weight) / total),
    number: index,
  }));
  const rest = size - sources.reduce((sum, source) => sum + source.count, 0);
  return sources.map((source, index) => (index === 0 ? { ...source, count: source.count + rest } : source));
}

const areas = [
  'Sales',
  'Finance',
  'Service',
  'Security',
  'Supply',
  'Human Resources',
  'Legal',
  'Research',
  'Öffentlich',
  'Quality',
  'Treasury',
  'Audit',
  'Plant',
  'Logistics',
  'Marketing',
  'Data',
] as const;
const things = [
  'Reports',
  'Share',
  'System',
  'Ledger',
  'Orders',
  'Contracts',
  'Tickets',
  'Mailbox',
  'Build',
  'Archive',
  'Workbench',
  'Pipeline',
  'Vault',
  'Inventory',
  'Café',
  'Zone',
] as const;
const rights = ['Readers', 'Editors', 'Approvers', 'Administrators', 'Auditors', 'Operators', 'Owners'] as const;
const kinds = ['Global Security', 'Domain Local', 'Universal', 'Application Role', 'Distribution'] as const;

interface Words {
  readonly key: string;
  readonly name: string;
  readonly area: string;
  readonly thing: string;
  readonly right: string;
}

/** Yields the rows of one source's file without the header. Parents come before their children. */
export function* generatedRows(source: GeneratedSource, seed: number): Generator<string[]> {
  for (let index = 0; index < source.count; index += 1) {
    const random = randomNumbers(seed * 7919 + source.number * 104_729 + index * 31 + 1);
    const { key, name, area, thing, right } = wordsOf(source, seed, index);
    const description =
      random() < 0.3
        ? `Lets ${right.toLowerCase()} work with the ${thing.toLowerCase()} of ${area}, "as agreed" with its owner; reviewed every ${1 + Math.floor(random() * 24)} months.`
        : '';
    const kind = skewedChoice(random, kinds);
    const isPrivileged = random() < 0.05 ? 'true' : 'false';
    for (const parent of parentsOf(source, seed, index, random)) {
      yield [key, name, description, kind, isPrivileged, parent];
    }
  }
}

/** The value of one entitlement of a source. */
export function valueOf(source: GeneratedSource, seed: number, index: number): string {
  return wordsOf(source, seed, index).key;
}

/** Every fifth entitlement has a parent, every twentieth has two. Returns one empty string if there is none. */
function parentsOf(source: GeneratedSource, seed: number, index: number, random: () => number): string[] {
  const chance = random();
  const count = index === 0 || chance >= 0.2 ? 0 : chance < 0.05 ? 2 : 1;
  const parents = Array.from({ length: count }, () => Math.floor(index * random() ** 3));
  return count === 0 ? [''] : [...new Set(parents)].map((parent) => wordsOf(source, seed, parent).key);
}

function wordsOf(source: GeneratedSource, seed: number, index: number): Words {
  const random = randomNumbers(seed * 6_700_417 + source.number * 1_299_709 + index);
  const area = skewedChoice(random, areas);
  const thing = skewedChoice(random, things);
  const right = skewedChoice(random, rights);
  // Scattered: files are rarely in the order of an index.
  const scattered = Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  return {
    key: `CN=${scattered}-${index},OU=${area},OU=${thing},DC=bench,DC=example`,
    name: `${area} ${thing} ${right} ${index}`,
    area,
    thing,
    right,
  };
}
