import { openAsBlob, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '../main.ts';

/** The sample organisation, next to the sources in development and in the published package. */
const folder = new URL('../../demo/', import.meta.url);

interface DemoAttribute {
  readonly name: string;
}

interface DemoSchema {
  readonly name: string;
  readonly attributes: readonly DemoAttribute[];
}

/** What every system has: accounts and an owner. */
interface DemoSystem {
  readonly name: string;
  readonly description: string;
  readonly connector: string;
  readonly connectorAttributes: Readonly<Record<string, unknown>>;
  readonly accountSchema: DemoSchema;
  readonly accountsFile: string;
  /** The alias of a person. */
  readonly owner: string;
}

interface DemoSource extends DemoSystem {
  readonly schema: DemoSchema;
  readonly accountSchemaLink: { readonly attribute: string };
  readonly file: string;
  readonly correlation: readonly Readonly<Record<string, unknown>>[];
  /** Aliases of persons by values of entitlements. */
  readonly entitlementOwners: Readonly<Record<string, string>>;
}

interface SchemaReference {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly DemoAttribute[];
}

/**
 * Loads the sample organisation through the public API, as any client would, and waits for its aggregations.
 * Keeps existing objects, so that it finishes an interrupted load.
 */
export async function loadDemo(url: string, credentials: Credentials): Promise<void> {
  const { call, identityId } = await authorised(url, credentials);
  const organisation = JSON.parse(readFileSync(new URL('organisation.json', folder), 'utf8')) as {
    people: DemoSystem;
    sources: DemoSource[];
  };
  const { people } = organisation;
  const id = await sourceOf(call, people, identityId, true);
  if (!(await hasAny(call, 'accounts', `sourceId eq "${id}"`))) {
    await definePeople(call, id, people);
    await loadFile(call, `/v2025/sources/${id}/load-accounts`, people.accountsFile);
  }
  await setOwner(call, `/v2025/sources/${id}`, people.owner);
  for (const source of organisation.sources) {
    await loadSource(call, source, identityId);
  }
}

type Caller = <T>(method: string, path: string, body: unknown) => Promise<T>;

async function authorised(url: string, credentials: Credentials): Promise<{ call: Caller; identityId: string }> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    }),
  });
  if (!response.ok) {
    throw new Error(`The demo's credentials were rejected: ${await response.text()}`);
  }
  const granted = (await response.json()) as { access_token: string; identity_id: string };
  const call: Caller = async (method, path, body) => {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${granted.access_token}`,
        ...(isForm || body === undefined
          ? {}
          : { 'content-type': method === 'PATCH' ? 'application/json-patch+json' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as never;
  };
  return { call, identityId: granted.identity_id };
}

/** Returns the id of a source, and creates it if it does not exist. */
async function sourceOf(call: Caller, system: DemoSystem, ownerId: string, authoritative: boolean): Promise<string> {
  const [known] = await find<{ id: string }>(call, 'sources', `name eq "${system.name}"`);
  const { id } =
    known ??
    (await call<{ id: string }>('POST', '/v2025/sources', {
      name: system.name,
      description: system.description,
      connector: system.connector,
      connectorAttributes: system.connectorAttributes,
      authoritative,
      owner: { type: 'IDENTITY', id: ownerId },
    }));
  return id;
}

async function loadSource(call: Caller, source: DemoSource, ownerId: string): Promise<void> {
  const id = await sourceOf(call, source, ownerId, false);
  const path = `/v2025/sources/${id}`;
  if (!(await hasAny(call, 'entitlements', `source.id eq "${id}"`))) {
    await defineSchema(call, id, source);
    await loadFile(call, `${path}/load-entitlements`, source.file, source.schema.name);
  }
  await call('PUT', `${path}/correlation-config`, { attributeAssignments: source.correlation });
  if (!(await hasAny(call, 'accounts', `sourceId eq "${id}"`))) {
    await loadFile(call, `${path}/load-accounts`, source.accountsFile);
  }
  await setOwner(call, path, source.owner);
  for (const [value, owner] of Object.entries(source.entitlementOwners)) {
    const [entitlement] = await find<{ id: string }>(
      call,
      'entitlements',
      `source.id eq "${id}" and value eq "${value}"`,
    );
    if (entitlement !== undefined) {
      await setOwner(call, `/v2025/entitlements/${entitlement.id}`, owner);
    }
  }
}

/** Sets the owner of a source or an entitlement, unless the person was deleted during an interrupted load. */
async function setOwner(call: Caller, path: string, alias: string): Promise<void> {
  const [person] = await find<{ id: string; name: string }>(call, 'identities', `alias eq "${alias}"`);
  if (person === undefined) {
    return;
  }
  const owner = { type: 'IDENTITY', id: person.id, name: person.name };
  await call('PATCH', path, [{ op: 'replace', path: '/owner', value: owner }]);
}

async function find<T>(call: Caller, collection: string, filter: string): Promise<T[]> {
  return call<T[]>('GET', `/v2025/${collection}?limit=1&filters=${encodeURIComponent(filter)}`, undefined);
}

async function hasAny(call: Caller, collection: string, filter: string): Promise<boolean> {
  return (await find(call, collection, filter)).length > 0;
}

/** Uploads a file and waits for its aggregation. */
async function loadFile(call: Caller, path: string, file: string, objectType?: string): Promise<void> {
  const form = new FormData();
  if (objectType !== undefined) {
    form.append('objectType', objectType);
  }
  form.append('file', await openAsBlob(new URL(file, folder)), file);
  const answer = await call<{ id?: string; task?: { id: string } }>('POST', path, form);
  await waitFor(call, answer.task?.id ?? answer.id ?? '');
}

/** Sets the account schema of the source of the people, which has no entitlements. */
async function definePeople(call: Caller, sourceId: string, people: DemoSystem): Promise<void> {
  const path = `/v2025/sources/${sourceId}/schemas`;
  const schemas = await call<SchemaReference[]>('GET', path, undefined);
  const account = schemas.find((schema) => schema.name === 'account');
  await call('PUT', `${path}/${account?.id}`, { ...people.accountSchema, id: account?.id });
  const group = schemas.find((schema) => schema.name === 'group');
  if (group !== undefined) {
    await call('DELETE', `${path}/${group.id}`, undefined);
  }
}

/** Replaces the default entitlement schema of a source and links the account schema to it. */
async function defineSchema(call: Caller, sourceId: string, source: DemoSource): Promise<void> {
  const path = `/v2025/sources/${sourceId}/schemas`;
  const schemas = await call<SchemaReference[]>('GET', path, undefined);
  const present = schemas.find(({ name }) => name === source.schema.name);
  const { id, name } = present
    ? await call<SchemaReference>('PUT', `${path}/${present.id}`, { ...source.schema, id: present.id })
    : await call<SchemaReference>('POST', path, source.schema);
  const account = schemas.find((schema) => schema.name === 'account');
  const { attribute } = source.accountSchemaLink;
  const link = {
    name: attribute,
    type: 'STRING',
    description: "The account's entitlements.",
    isMulti: true,
    isEntitlement: true,
    isGroup: true,
    schema: { type: 'CONNECTOR_SCHEMA', id, name },
  };
  await call('PUT', `${path}/${account?.id}`, {
    ...source.accountSchema,
    id: account?.id,
    attributes: [...source.accountSchema.attributes, link],
  });
  const unused = schemas.find((schema) => schema.name === 'group' && schema.name !== source.schema.name);
  if (unused !== undefined) {
    await call('DELETE', `${path}/${unused.id}`, undefined);
  }
}

async function waitFor(call: Caller, taskId: string): Promise<void> {
  for (;;) {
    const task = await call<{ completionStatus: string | null; messages: { localizedText: { message: string } }[] }>(
      'GET',
      `/v2025/task-status/${taskId}`,
      undefined,
    );
    if (task.completionStatus === 'SUCCESS') {
      return;
    }
    if (task.completionStatus !== null) {
      throw new Error(
        `The demo could not be loaded: ${task.messages.map(({ localizedText }) => localizedText.message).join(' ')}`,
      );
    }
    await sleep(100);
  }
}
