import fc from 'fast-check';
import type { Operation } from '../../../src/api/operation.ts';
import { brokenEncoding, encoded, known, oddText, type PoolName } from './texts.ts';

/** The kind of object that the `{id}` of a path refers to, by the preceding segment. */
const pools: Readonly<Record<string, PoolName>> = {
  entitlements: 'entitlement',
  accounts: 'account',
  account: 'account',
  'entitlement-connections': 'connection',
  identities: 'identity',
  'historical-identities': 'identity',
  segments: 'segment',
  sources: 'source',
  'bulk-delete': 'task',
  'task-status': 'task',
  tags: 'tag',
  '{type}': 'entitlement',
  tasks: 'task',
  'personal-access-tokens': 'personalAccessToken',
  'oauth-clients': 'oauthClient',
  'auth-users': 'identity',
  workgroups: 'workgroup',
};

/** Words in paths: types, times, and the keys of metadata that every server has. */
const words: Readonly<Record<string, readonly string[]>> = {
  '{scheduleType}': ['ACCOUNT_AGGREGATION', 'GROUP_AGGREGATION'],
  '{usageType}': ['CREATE', 'UPDATE', 'DELETE'],
  '{key}': ['iscRisk', 'iscPrivacy'],
  '{value}': ['high', 'low', 'public'],
  '{attributeKey}': ['iscRisk', 'iscRegulatory'],
  '{attributeValue}': ['high', 'low', 'gdpr', 'hipaa'],
  '{date}': ['2026-01-01T00:00:00Z', '2030-01-01', '2100-12-31T23:59:59.999Z'],
  '{accessType}': ['account', 'entitlement', 'role'],
  '{type}': ['ENTITLEMENT'],
};

/** Operations that delete a source or its content; most of them get sources that nothing else depends on. */
const destructive = ['deleteSource', 'deleteAccountsAsync', 'resetSourceEntitlements'];

/** Paths of an operation in a family with ids of existing objects. `template` is its URL path. */
export function goodPath(operation: Operation, template: string): fc.Arbitrary<string> {
  const parts = template.replace('{sourceId}/schemas/{schemaId}', '{schemaPath}').split('/');
  return fc
    .tuple(
      ...parts.map((part, index) => {
        if (!part.startsWith('{')) {
          return fc.constant(part);
        }
        const possible = words[part];
        if (possible !== undefined) {
          return fc.constantFrom(...possible);
        }
        if (part === '{schemaPath}') {
          return known('schema');
        }
        const before = parts.slice(0, index).findLast((one) => one !== 'v1') ?? '';
        const pool = pools[before] ?? 'source';
        return destructive.includes(operation.operationId)
          ? fc.oneof({ weight: 30, arbitrary: known('spareSource') }, { weight: 1, arbitrary: known(pool) })
          : known(pool);
      }),
    )
    .map((made) => made.join('/'));
}

/** Paths of an operation with unknown ids, wrong encodings, and more or fewer segments. */
export function badPath(operation: Operation, template: string): fc.Arbitrary<string> {
  const odd = fc.oneof(
    { weight: 4, arbitrary: oddText.map((text) => encoded(text.slice(0, 6000))) },
    { weight: 3, arbitrary: brokenEncoding },
    { weight: 1, arbitrary: fc.constantFrom('f'.repeat(32), '.', '..', '', 'me', 'a'.repeat(501), 'a'.repeat(20_000)) },
  );
  const parts = template.split('/');
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(...parts.map((part) => (part.startsWith('{') ? odd : fc.constant(part))))
        .map((made) => made.join('/')),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(goodPath(operation, template), fc.nat(5), odd).map(([path, at, text]) => {
        const made = path.split('/');
        made.splice(1 + (at % made.length), 0, text);
        return made.join('/');
      }),
    },
    { weight: 1, arbitrary: goodPath(operation, template).map((path) => `${path}/`) },
    { weight: 1, arbitrary: goodPath(operation, template).map((path) => `/${path}`) },
    { weight: 1, arbitrary: goodPath(operation, template).map((path) => path.toUpperCase()) },
  );
}
