/** Models the expected catalogue and task results after loads, by the rules in docs/aggregation.md. */

export interface Group {
  readonly name: string;
  readonly description: string;
  /** The value of its parent, if any. */
  readonly memberOf: string;
}

export interface Account {
  readonly name: string;
  readonly location: string;
  readonly person: string;
  readonly groups: readonly string[];
}

/** The content of a file. A file with unusable rows may be incomplete, so nothing is deleted for it. */
export interface SourceFile<T> {
  readonly objects: ReadonlyMap<string, T>;
  readonly badRows: number;
}

export type Figures = Readonly<Record<string, number>>;

/** The expected catalogue of one source. Each load updates it from the file, and returns the expected counts. */
export class CatalogueModel {
  readonly listed = new Map<string, Group>();
  /** Entitlements that accounts hold but no file lists; undefined: only the value is known. */
  readonly unlisted = new Map<string, Group | undefined>();
  readonly accounts = new Map<string, Account>();
  readonly #formerGroups = new Map<string, Group | undefined>();
  readonly #formerAccounts = new Set<string>();

  get held(): Set<string> {
    return new Set([...this.accounts.values()].flatMap(({ groups }) => groups));
  }

  loadGroups({ objects, badRows }: SourceFile<Group>): Figures {
    let [created, updated, restored, deleted, kept, unchanged] = [0, 0, 0, 0, 0, 0];
    const held = this.held;
    const missing = [...this.listed.keys(), ...this.unlisted.keys()].filter((key) => !objects.has(key));
    for (const [key, group] of objects) {
      const known = this.listed.get(key);
      if (known !== undefined) {
        const change = isSame(known, group) ? 0 : 1;
        updated += change;
        unchanged += 1 - change;
      } else if (this.unlisted.delete(key)) {
        updated += 1;
      } else {
        created += 1;
        restored += this.#formerGroups.delete(key) ? 1 : 0;
      }
      this.listed.set(key, group);
    }
    for (const key of missing) {
      kept += held.has(key) ? 1 : 0;
      if (badRows > 0) {
        continue;
      }
      const group = this.listed.get(key) ?? this.unlisted.get(key);
      this.listed.delete(key);
      if (held.has(key)) {
        this.unlisted.set(key, group);
      } else {
        this.unlisted.delete(key);
        this.#formerGroups.set(key, group);
        deleted += 1;
      }
    }
    return {
      total: objects.size,
      groupsCreated: created,
      groupsUpdated: updated,
      groupsDeleted: deleted,
      groupsRestored: restored,
      groupsUnchanged: unchanged,
      groupsKept: kept,
      badRows,
    };
  }

  loadAccounts({ objects, badRows }: SourceFile<Account>): Figures {
    let [created, updated, restored, deleted, unchanged, groupsCreated, groupsDeleted] = [0, 0, 0, 0, 0, 0, 0];
    for (const [key, account] of objects) {
      const known = this.accounts.get(key);
      if (known === undefined) {
        created += 1;
        restored += this.#formerAccounts.delete(key) ? 1 : 0;
      } else {
        const change = isSame(known, account) ? 0 : 1;
        updated += change;
        unchanged += 1 - change;
      }
      this.accounts.set(key, account);
      for (const group of account.groups) {
        if (!this.listed.has(group) && !this.unlisted.has(group)) {
          groupsCreated += 1;
          this.unlisted.set(group, this.#formerGroups.get(group));
          this.#formerGroups.delete(group);
        }
      }
    }
    if (badRows === 0) {
      for (const key of [...this.accounts.keys()].filter((account) => !objects.has(account))) {
        this.accounts.delete(key);
        this.#formerAccounts.add(key);
        deleted += 1;
      }
      const held = this.held;
      for (const [key, group] of [...this.unlisted].filter(([unlisted]) => !held.has(unlisted))) {
        this.unlisted.delete(key);
        this.#formerGroups.set(key, group);
        groupsDeleted += 1;
      }
    }
    return {
      total: objects.size,
      created,
      updated,
      deleted,
      optimized: unchanged,
      restored,
      managedAttributesCreated: groupsCreated,
      groupsDeleted,
      badRows,
    };
  }
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
