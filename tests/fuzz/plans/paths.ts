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
  sources: 'source',
  'task-status': 'task',
  tasks: 'task',
  'personal-access-tokens': 'personalAccessToken',
  'oauth-clients': 'oauthClient',
  'auth-users': 'identity',
};

/** The keys of metadata in paths: those of attributes and values that every server has. */
const metadataKeys: Readonly<Record<string, readonly string[]>> = {
  '{key}': ['iscRisk', 'iscPrivacy'],
  '{value}': ['high', 'low', 'public'],
  '{attributeKey}': ['iscRisk', 'iscRegulatory'],
  '{attributeValue}': ['high', 'low', 'gdpr', 'hipaa'],
};

/** Operations that delete a source or its content; most of them get sources that nothing else depends on. */
const destructive = ['deleteSource', 'deleteAccountsAsync'];

/** Paths of an operation in a family with ids of existing objects. `template` is its URL path. */
export function goodPath(operation: Operation, template: string): fc.Arbitrary<string> {
  const parts = template.replace('{sourceId}/schemas/{schemaId}', '{schemaPath}').split('/');
  return fc
    .tuple(
      ...parts.map((part, index) => {
        if (!part.startsWith('{')) {
          return fc.constant(part);
        }
        const keys = metadataKeys[part];
        if (keys !== undefined) {
          return fc.constantFrom(...keys);
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
