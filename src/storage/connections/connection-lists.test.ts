import { beforeAll, describe, expect, test } from 'vitest';
import { addAccounts, addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition, ListQuery, Operator, Value } from '../../list-query.ts';
import { findInheritedPrivileges, privilegeLevels } from '../entitlements/entitlement-privileges.ts';
import { compareBinary, fold } from '../query/fold.ts';
import { connectionId, keyOf } from './connection-key.ts';
import { countConnections, findConnections } from './connection-lists.ts';
import { planOf } from './connection-plan.ts';
import { addReasons, removeReasonsOfCause } from './connection-reasons.ts';
import { type ConnectionRow, lockConnections, storeConnectionType } from './connections.ts';

const everything: ListQuery = {
  condition: undefined,
  sorts: [],
  offset: 0,
  limit: 250,
  after: undefined,
  count: false,
};
const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

function is(field: string, operator: Operator, ...values: Value[]): Condition {
  return { kind: 'test', field, operator, values };
}

/** A connection, by the names of the contract. */
type Known = Readonly<Record<string, Value | null>>;

function knownOf(row: ConnectionRow, effective: string): Known {
  return {
    'account.id': row.accountId,
    'account.name': row.accountName,
    'identity.id': row.identityId,
    'identity.name': row.identityName,
    'source.id': row.sourceId,
    'source.name': row.sourceName,
    'entitlement.id': row.entitlementId,
    'entitlement.displayName': row.sourceDisplayName ?? row.value,
    'entitlement.attribute': row.attribute,
    'entitlement.value': row.value,
    'entitlement.privilegeLevel.effective': effective,
    type: row.type,
    standalone: row.isStandalone === 1,
    'state.value': null,
    'jit.activation': null,
    'jit.expiration': null,
  };
}

/** Whether a known value passes a test, without SQL. */
function passes(known: Known, { field, operator, values }: Extract<Condition, { kind: 'test' }>): boolean {
  const value = known[field] ?? null;
  if (value === null) {
    return false;
  }
  const folded = fold(String(value));
  return values.some((wanted) =>
    operator === 'co' ? folded.includes(fold(String(wanted))) : folded === fold(String(wanted)),
  );
}

describeStorage('lists of connections', (database) => {
  let rows: ConnectionRow[] = [];
  let known = new Map<string, Known>();
  let cause = '';

  beforeAll(async () => {
    const crm = await addSource(database(), 'CRM', { group: 'Groups', role: null });
    const directory = await addSource(database(), 'Directory', { group: 'memberOf' });
    const [ann = '', bob = ''] = await Promise.all(['Ann', 'Bob Ännison'].map((name) => addIdentity(database(), name)));
    const ids = await addEntitlements(database(), [
      { source_id: crm, value: 'root', source_privilege: 'HIGH' },
      { source_id: crm, value: 'child', parents: ['root'] },
      { source_id: crm, value: 'grandchild', parents: ['child'], source_privilege: 'LOW', source_display_name: 'Zed' },
      { source_id: crm, value: 'freed', parents: ['root'], privilege_override: 'NONE', source_privilege: 'HIGH' },
      { source_id: crm, value: 'below freed', parents: ['freed', 'other'] },
      { source_id: crm, value: 'other', parents: ['below freed'], source_privilege: 'MEDIUM' },
      { source_id: crm, value: 'auditor', type: 'role', source_privilege: 'NONE' },
      { source_id: directory, value: 'CN=Ännie' },
      { source_id: directory, value: 'root' },
    ]);
    const [here, there] = [ids.slice(0, 7), ids.slice(7)];
    await addAccounts(database(), [
      { source_id: crm, native_identity: 'a', name: 'Zoë', identity_id: bob, entitlements: here },
      { source_id: directory, native_identity: 'b', name: 'ann', identity_id: ann, entitlements: there },
      { source_id: crm, native_identity: 'c', name: 'Ann', identity_id: ann, entitlements: here.slice(1, 4) },
      { source_id: directory, native_identity: 'd', name: 'nobody', entitlements: there.slice(1) },
      { source_id: crm, native_identity: 'e', name: 'Bob', entitlements: here.slice(2) },
    ]);
    const found = await findConnections(database(), everything);
    const [first, second, third, fourth] = found;
    cause = 'a role';
    await database().write(async (transaction) => {
      for (const [row, type] of [
        [first, 'JIT'],
        [third, 'JIT'],
        [fourth, 'STANDING'],
      ] as const) {
        const id = connectionId(row ?? keyOf(''));
        const one = (await lockConnections(transaction, [keyOf(id)])).get(id);
        if (one === undefined) {
          throw new Error('There is no such connection.');
        }
        await storeConnectionType(transaction, one, type, origin, 1);
      }
      const reason = { causeId: cause, since: 1, until: null };
      await addReasons(transaction, [
        { ...keyOf(connectionId(first ?? keyOf(''))), ...reason, kind: 'ROLE' },
        { ...keyOf(connectionId(second ?? keyOf(''))), ...reason, kind: 'ACCESS_PROFILE' },
        { ...keyOf(connectionId(third ?? keyOf(''))), ...reason, kind: 'REQUEST' },
      ]);
    });
    rows = await findConnections(database(), everything);
    const inherited = await findInheritedPrivileges(database().scan, ids);
    known = new Map(
      rows.map((row) => {
        const direct = row.privilegeOverride ?? row.sourcePrivilege ?? 'NONE';
        const ranks = [direct, inherited.get(row.entitlementId) ?? 'NONE'].map((level) =>
          privilegeLevels.findIndex((one) => one === level),
        );
        const effective = row.privilegeOverride ?? privilegeLevels[Math.max(...ranks)] ?? '';
        return [connectionId(row), knownOf(row, effective)];
      }),
    );
  });

  test('have every membership once, by id, with what belongs to it', () => {
    const ids = rows.map(connectionId);
    expect(ids).toHaveLength(18);
    expect(ids).toEqual([...new Set(ids)].toSorted(compareBinary));
    const levels = new Map(rows.map((row) => [row.value, known.get(connectionId(row))]));
    const effective = (value: string) => levels.get(value)?.['entitlement.privilegeLevel.effective'];
    expect(['child', 'grandchild', 'freed', 'below freed', 'other'].map(effective)).toEqual([
      'HIGH',
      'HIGH',
      'NONE',
      'MEDIUM',
      'MEDIUM',
    ]);
    expect(rows.map(({ type }) => type).slice(0, 5)).toEqual(['JIT', 'STANDING', 'JIT', 'STANDING', 'STANDING']);
    expect(rows.map(({ isStandalone }) => isStandalone).slice(0, 4)).toEqual([0, 0, 1, 1]);
  });

  /** Returns the ids of the connections that match a filter. */
  async function idsOf(condition: Condition): Promise<string[]> {
    const list = { ...everything, condition };
    const found = (await findConnections(database(), list)).map(connectionId);
    expect(await countConnections(database(), list)).toBe(found.length);
    return found;
  }

  /** The tests of a field: each of its values, parts of them, and values that it does not have. */
  function testsOf(field: string): Extract<Condition, { kind: 'test' }>[] {
    const values = [...new Set([...known.values()].map((one) => one[field] ?? null))].filter((value) => value !== null);
    const wanted: Value[] = field === 'standalone' ? [true, false] : [...values, 'none such'];
    const tests = wanted.map((value): Operator[] => [
      'eq',
      'in',
      ...(typeof value === 'string' ? ['co' as const] : []),
    ]);
    return [
      ...tests.flatMap((operators, index) =>
        operators.map((operator) => ({
          kind: 'test' as const,
          field,
          operator,
          values: [operator === 'co' ? String(wanted[index]).slice(1, 3) : (wanted[index] ?? '')],
        })),
      ),
      { kind: 'test', field, operator: 'in', values: wanted },
    ];
  }

  const filterable = [
    'account.id',
    'account.name',
    'identity.id',
    'identity.name',
    'source.id',
    'source.name',
    'entitlement.id',
    'entitlement.attribute',
    'entitlement.value',
    'entitlement.privilegeLevel.effective',
    'type',
    'standalone',
    'state.value',
  ];

  test.each(filterable)('filter by %s', async (field) => {
    for (const condition of testsOf(field)) {
      // Only texts are searched for parts.
      if (condition.operator === 'co' && ['account.id', 'identity.id', 'source.id', 'entitlement.id'].includes(field)) {
        continue;
      }
      const expected = rows.map(connectionId).filter((id) => passes(known.get(id) ?? {}, condition));
      const shown = JSON.stringify(condition);
      expect(await idsOf(condition), shown).toEqual(expected);
      const others = rows.map(connectionId).filter((id) => !expected.includes(id));
      expect(await idsOf({ kind: 'not', condition }), `not ${shown}`).toEqual(others);
    }
  });

  test('filters are combined, whichever table the plan starts with', async () => {
    const [source, identity, entitlement] = [rows[0]?.sourceId, rows[0]?.identityId, rows[1]?.entitlementId];
    const tests = [
      is('source.id', 'eq', source ?? ''),
      is('identity.id', 'eq', identity ?? ''),
      is('entitlement.id', 'eq', entitlement ?? ''),
      is('type', 'eq', 'JIT'),
      is('entitlement.privilegeLevel.effective', 'eq', 'HIGH'),
      is('source.name', 'co', 'r'),
    ];
    for (const one of tests) {
      for (const other of tests) {
        for (const kind of ['and', 'or'] as const) {
          const conditions = [one, { kind: 'not', condition: other } as const];
          const expected = rows.map(connectionId).filter((id) => {
            const [holds, excluded] = [one, other].map((condition) =>
              passes(known.get(id) ?? {}, condition as Extract<Condition, { kind: 'test' }>),
            );
            return kind === 'and' ? holds === true && excluded !== true : holds === true || excluded !== true;
          });
          expect(await idsOf({ kind, conditions }), JSON.stringify(conditions)).toEqual(expected);
        }
      }
    }
  });

  test('nothing has just-in-time data', async () => {
    for (const operator of ['gt', 'ge', 'lt', 'le'] as const) {
      expect(await idsOf(is('jit.expiration', operator, 5))).toEqual([]);
    }
    expect(await idsOf({ kind: 'not', condition: is('jit.activation', 'gt', 5) })).toHaveLength(rows.length);
  });

  const sortable = [...filterable, 'entitlement.displayName', 'jit.activation', 'jit.expiration'];

  describe.each(sortable)('sorted by %s', (field) => {
    test.each([false, true])('descending: %s, in pages that follow each other', async (descending) => {
      for (const condition of [
        undefined,
        is('source.name', 'eq', 'crm'),
        is('source.id', 'eq', rows[0]?.sourceId ?? ''),
      ]) {
        for (const idDescending of [false, true]) {
          const sorts = [
            { field, descending },
            { field: 'id', descending: idDescending },
          ];
          const value = (id: string): string => {
            const one = known.get(id)?.[field] ?? null;
            return one === null ? '' : one === true ? '1' : one === false ? '0' : fold(String(one));
          };
          const expected = rows
            .filter(({ sourceName }) => condition === undefined || sourceName === 'CRM')
            .map(connectionId)
            .toSorted(
              (a, b) =>
                compareBinary(value(a), value(b)) * (descending ? -1 : 1) ||
                compareBinary(a, b) * (idDescending ? -1 : 1),
            );
          const found: string[] = [];
          for (let after: ListQuery['after']; found.length <= expected.length;) {
            const page = await findConnections(database(), { ...everything, condition, sorts, limit: 4, after });
            found.push(...page.map(connectionId));
            const last = found.at(-1) ?? '';
            after = [known.get(last)?.[field] ?? null, last];
            if (page.length < 4) {
              break;
            }
          }
          expect(found).toEqual(expected);
        }
      }
    });
  });

  test('pages by offset are parts of the list', async () => {
    const page = await findConnections(database(), { ...everything, offset: 5, limit: 3 });
    expect(page.map(connectionId)).toEqual(rows.map(connectionId).slice(5, 8));
    const after = [rows[4] === undefined ? null : connectionId(rows[4])];
    const next = await findConnections(database(), {
      ...everything,
      sorts: [{ field: 'id', descending: false }],
      after,
    });
    expect(next.map(connectionId)).toEqual(rows.map(connectionId).slice(5));
  });

  test('reasons are removed by their cause, and a repeated reason changes its end only', async () => {
    const key = keyOf(connectionId(rows[3] ?? keyOf('')));
    const reason = { ...key, kind: 'ROLE', causeId: cause, since: 5, until: null } as const;
    await database().write(async (transaction) => {
      await addReasons(transaction, [reason]);
      await addReasons(transaction, [{ ...reason, since: 6, until: 9 }]);
      await addReasons(transaction, []);
    });
    const stored = await database()
      .scan.query.selectFrom('connection_reason')
      .select(['since', 'until'])
      .where('entitlement_id', '=', key.entitlementId)
      .where('account_id', '=', key.accountId)
      .execute();
    expect(stored).toEqual([{ since: 5, until: 9 }]);
    expect(await idsOf(is('standalone', 'eq', false))).toHaveLength(3);
    expect(await database().write((transaction) => removeReasonsOfCause(transaction, cause, 3))).toBe(3);
    expect(await database().write((transaction) => removeReasonsOfCause(transaction, cause, 3))).toBe(1);
    expect(await idsOf(is('standalone', 'eq', false))).toEqual([]);
  });
});

describe('the plan of a list', () => {
  const source = is('source.id', 'eq', 's');
  const sorted = (field: string) => [{ field, descending: false }];
  test.each([
    ['account_entitlement', undefined, []],
    ['account', source, []],
    ['account', { kind: 'and', conditions: [source, is('type', 'eq', 'STANDING')] }, []],
    ['account_entitlement', { kind: 'and', conditions: [source, is('type', 'eq', 'JIT')] }, []],
    ['account_entitlement', { kind: 'and', conditions: [source, is('entitlement.id', 'eq', 'e')] }, []],
    ['account_entitlement', { kind: 'or', conditions: [source, source] }, []],
    ['account_entitlement', { kind: 'not', condition: source }, []],
    ['account', undefined, sorted('account.name')],
    ['account', undefined, sorted('identity.name')],
    ['account_entitlement', undefined, sorted('type')],
    ['account_entitlement', is('identity.id', 'eq', 'i'), sorted('identity.name')],
    ['account_entitlement', is('entitlement.id', 'eq', 'e'), sorted('account.name')],
    ['entitlement', undefined, sorted('entitlement.displayName')],
    ['entitlement', source, sorted('entitlement.displayName')],
    ['account_entitlement', is('account.id', 'eq', 'a'), sorted('entitlement.displayName')],
  ] as const)('begins with %s, for %j by %j', (start, condition, sorts) => {
    expect(planOf({ ...everything, condition, sorts }).start).toBe(start);
  });

  test.each([
    [undefined, [], []],
    [undefined, ['id'], []],
    [undefined, ['account.name'], []],
    [undefined, ['identity.name'], ['identity']],
    [undefined, ['type', 'identity.name'], ['connection', 'account', 'identity']],
    [undefined, ['identity.name', 'type', 'identity.id'], ['identity', 'connection']],
    [source, ['identity.name'], ['identity']],
    [undefined, ['entitlement.displayName', 'entitlement.attribute'], ['source_schema']],
    [undefined, ['jit.activation'], []],
  ] as const)('joins only what the order needs, for %j by %j', (condition, fields, tables) => {
    const sorts = fields.flatMap((field) => sorted(field));
    expect([...planOf({ ...everything, condition, sorts }).joins]).toEqual(tables);
  });
});
