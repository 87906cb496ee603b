import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { findInheritedPrivileges, type PrivilegeLevel, privilegeLevels } from './entitlement-privileges.ts';

interface Node {
  readonly source: PrivilegeLevel | null;
  readonly override: PrivilegeLevel | null;
  readonly parents: readonly number[];
}

/** A simple implementation of the rule: levels grow until nothing changes. The level of the root itself is excluded. */
function inheritedNaively(nodes: readonly Node[], root: number): number {
  const rank = (level: PrivilegeLevel | null): number => Math.max(0, privilegeLevels.indexOf(level ?? 'NONE'));
  const effective = nodes.map((node, index) => (index === root ? 0 : rank(node.override ?? node.source)));
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const [index, node] of nodes.entries()) {
      const above = Math.max(0, ...node.parents.map((parent) => effective[parent] ?? 0));
      if (index !== root && node.override === null && above > (effective[index] ?? 0)) {
        effective[index] = above;
        isStable = false;
      }
    }
  }
  const parents = (nodes[root]?.parents ?? []).filter((parent) => parent !== root);
  return Math.max(0, ...parents.map((parent) => effective[parent] ?? 0));
}

describeStorage('inherited privileges', (database) => {
  test('are the highest of the ancestors, unless an override is in between, also in cycles', async () => {
    const level = fc.option(fc.constantFrom(...privilegeLevels));
    const node = fc.record({
      source: level,
      override: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, level),
      parents: fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 6 }), async (nodes) => {
        run += 1;
        const source = await addSource(database(), `Source ${run}`);
        const ids = await addEntitlements(
          database(),
          nodes.map(({ source: sourcePrivilege, override, parents }, index) => ({
            source_id: source,
            value: String(index),
            source_privilege: sourcePrivilege,
            privilege_override: override,
            parents: parents.map(String),
          })),
        );
        const found = await findInheritedPrivileges(database().scan, ids);
        const expected = nodes.map((_, index) => privilegeLevels[inheritedNaively(nodes, index)]);
        expect(ids.map((id) => found.get(id) ?? 'NONE')).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('are absent for no ids and for unknown ids', async () => {
    expect(await findInheritedPrivileges(database().scan, [])).toEqual(new Map());
    expect(await findInheritedPrivileges(database().scan, ['unknown'])).toEqual(new Map());
  });
});
