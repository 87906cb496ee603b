/** Accounts of the largest source, reproducible by size and seed. */
import { type GeneratedSource, valueOf } from './generate.ts';
import { randomNumbers } from './random.ts';

/** The columns of an account file: those of the default account schema. */
export const accountColumns = [
  'id',
  'name',
  'givenName',
  'familyName',
  'e-mail',
  'location',
  'manager',
  'groups',
] as const;

/** The maximum number of entitlements per account; the average is six. */
const mostHeld = 11;

const givenNames = [
  'Ada',
  'Bo',
  'Chloé',
  'Dario',
  'Emil',
  'Farah',
  'Gül',
  'Hana',
  'Ivo',
  'Jun',
  'Kim',
  'Lena',
] as const;
const familyNames = [
  'Abe',
  'Berg',
  'Costa',
  'Diaz',
  'Eder',
  'Fox',
  'Gómez',
  'Huber',
  'Ito',
  'Jansen',
  'Krüger',
] as const;
const locations = ['Lisbon', 'Oslo', 'Osaka', 'Quito', 'Vienna'] as const;

/** Yields the rows of an account file without the header: one per entitlement of an account. */
export function* generatedAccountRows(source: GeneratedSource, accounts: number, seed: number): Generator<string[]> {
  for (let index = 0; index < accounts; index += 1) {
    const random = randomNumbers(seed * 15_485_863 + index);
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
    const [given = '', family = ''] = [pick(givenNames), pick(familyNames)];
    // Scattered: files are rarely in the order of an index.
    const id = `${Math.floor(random() * 2 ** 32).toString(36)}-${index}`;
    const account = [
      id,
      `${given} ${family} ${index}`,
      given,
      family,
      `${id}@bench.example`,
      pick(locations) ?? '',
      '',
    ];
    const held = 1 + Math.floor(random() * mostHeld);
    // Some entitlements are held by many, most by few.
    const indexes = Array.from({ length: held }, () => Math.floor(source.count * random() ** 3));
    for (const entitlement of new Set(indexes)) {
      yield [...account, valueOf(source, seed, entitlement)];
    }
  }
}

/** The entitlements other than `everyone` in the account file for connections, and how many of them an account holds. */
const otherEntitlements = 1000;
const othersHeld = 4;

/** Yields the rows of accounts that all hold `everyone`, and some other entitlements. */
export function* generatedHolderRows(accounts: number): Generator<string[]> {
  for (let index = 0; index < accounts; index += 1) {
    const random = randomNumbers(32_452_843 + index);
    const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
    const [given = '', family = ''] = [pick(givenNames), pick(familyNames)];
    const id = `${Math.floor(random() * 2 ** 32).toString(36)}-${index}`;
    const account = [id, `${given} ${family} ${index}`, given, family, '', pick(locations) ?? '', ''];
    const others = Array.from({ length: othersHeld }, () => `group ${Math.floor(random() * otherEntitlements)}`);
    for (const entitlement of new Set(['everyone', ...others])) {
      yield [...account, entitlement];
    }
  }
}
