import type { Account, Group, SourceFile } from './catalogue-model.ts';
import type { Chance } from './chance.ts';

/** The files of a source, which change from round to round: some objects are new, changed or removed, some rows unusable. */

let serial = 0;

/** Returns the next entitlement file. */
export function nextGroups(chance: Chance, before: ReadonlyMap<string, Group>, size: number): SourceFile<Group> {
  const objects = nextObjects(chance, before, size, 'group', () => newGroup(chance, size));
  return { objects, badRows: badRows(chance, objects.size) };
}

/** Returns the next account file, with entitlements from a catalogue of about `groups`. */
export function nextAccounts(
  chance: Chance,
  before: ReadonlyMap<string, Account>,
  size: number,
  groups: number,
): SourceFile<Account> {
  const objects = nextObjects(chance, before, size, 'account', () => newAccount(chance, groups));
  return { objects, badRows: badRows(chance, objects.size) };
}

/** Returns the next file of people, who are never removed. */
export function nextPeople(chance: Chance, before: ReadonlyMap<string, Account>, size: number): SourceFile<Account> {
  const objects = new Map(before);
  for (let index = 0; index < size; index += 1) {
    if (!objects.has(`person-${index}`) ? chance.isTrue(0.7) : chance.isTrue(0.2)) {
      const name = `Person ${index} ${(serial += 1)}`;
      objects.set(`person-${index}`, { name, location: `Place ${serial}`, person: `person-${index}`, groups: [] });
    }
  }
  return { objects, badRows: 0 };
}

function nextObjects<T>(
  chance: Chance,
  before: ReadonlyMap<string, T>,
  size: number,
  noun: string,
  make: () => T,
): Map<string, T> {
  const objects = new Map<string, T>();
  // Some removed keys return, and some keys are new.
  for (let index = 0; index < size * 1.1; index += 1) {
    const key = `${noun}-${index}`;
    const known = before.get(key);
    if (known === undefined ? chance.isTrue(before.size === 0 ? 0.9 : 0.3) : !chance.isTrue(0.03)) {
      objects.set(key, known === undefined || chance.isTrue(0.4) ? make() : known);
    }
  }
  return objects;
}

function newGroup(chance: Chance, size: number): Group {
  serial += 1;
  return {
    name: `Group ${serial}`,
    description: `What group "${serial}" is for, in a few words,\nand in a second line.`,
    memberOf: chance.isTrue(0.3) ? `group-${chance.below(size)}` : '',
  };
}

function newAccount(chance: Chance, groups: number): Account {
  serial += 1;
  const held = Array.from({ length: chance.below(4) }, () =>
    chance.isTrue(0.03) ? `only-held-${chance.below(groups)}` : `group-${chance.below(groups)}`,
  );
  return {
    name: `Account ${serial}`,
    location: `Place ${serial}`,
    person: `person-${chance.below(200)}`,
    groups: [...new Set(held)].toSorted(),
  };
}

function badRows(chance: Chance, rows: number): number {
  return chance.isTrue(0.25) ? 1 + chance.below(Math.max(1, rows / 50)) : 0;
}

/** Returns the text of an entitlement file. */
export function groupsCsv({ objects, badRows: bad }: SourceFile<Group>): string {
  const rows = [...objects].map(([id, { name, description, memberOf }]) => [id, name, description, memberOf]);
  return csv(['id', 'name', 'description', 'memberOf'], rows, bad);
}

/** Returns the text of an account file, with one row per entitlement, as in real exports. */
export function accountsCsv({ objects, badRows: bad }: SourceFile<Account>): string {
  const rows = [...objects].flatMap(([id, { name, location, person, groups }]) =>
    (groups.length === 0 ? [''] : groups).map((group) => [id, name, location, `${person}@example.com`, group]),
  );
  return csv(['id', 'name', 'location', 'e-mail', 'groups'], rows, bad);
}

function csv(columns: readonly string[], rows: readonly (readonly string[])[], bad: number): string {
  // A row without a key is unusable.
  const broken = Array.from({ length: bad }, () => ['', ...columns.slice(1).map(() => 'x')]);
  return `${[columns, ...broken, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
