import { openAsBlob, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '../main.ts';

/** The sample organisation, beside the sources in development and in the published package. */
const folder = new URL('../../demo/', import.meta.url);

interface DemoAttribute {
  readonly name: string;
}

interface DemoSchema {
  readonly name: string;
  readonly attributes: readonly DemoAttribute[];
}

interface DemoSource {
  readonly name: string;
  readonly description: string;
  readonly connector: string;
  readonly connectorAttributes: Readonly<Record<string, unknown>>;
  readonly schema: DemoSchema;
  readonly accountSchemaLink: { readonly attribute: string };
  readonly file: string;
}

interface SchemaReference {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly DemoAttribute[];
}

/**
 * Loads the sample organisation through the public API, as any client would, and waits for its aggregation.
 * What is there already stays: a load that was interrupted is finished, a finished one does nothing.
 */
export async function loadDemo(url: string, credentials: Credentials): Promise<void> {
  const { call, identityId } = await authorised(url, credentials);
  const organisation = JSON.parse(readFileSync(new URL('organisation.json', folder), 'utf8')) as {
    sources: DemoSource[];
  };
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
    throw new Error(`The demo's credentials were refused: ${await response.text()}`);
  }
  const granted = (await response.json()) as { access_token: string; identity_id: string };
  const call: Caller = async (method, path, body) => {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${granted.access_token}`,
        ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }),
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

async function loadSource(call: Caller, source: DemoSource, ownerId: string): Promise<void> {
  const filter = encodeURIComponent(`name eq "${source.name}"`);
  const [known] = await call<{ id: string }[]>('GET', `/v2025/sources?filters=${filter}`, undefined);
  const { id } =
    known ??
    (await call<{ id: string }>('POST', '/v2025/sources', {
      name: source.name,
      description: source.description,
      connector: source.connector,
      connectorAttributes: source.connectorAttributes,
      owner: { type: 'IDENTITY', id: ownerId },
    }));
  const [entitlement] = await call<unknown[]>(
    'GET',
    `/v2025/entitlements?limit=1&filters=${encodeURIComponent(`source.id eq "${id}"`)}`,
    undefined,
  );
  if (entitlement !== undefined) {
    return;
  }
  await defineSchema(call, id, source);
  const form = new FormData();
  form.append('objectType', source.schema.name);
  form.append('file', await openAsBlob(new URL(source.file, folder)), source.file);
  const task = await call<{ id: string }>('POST', `/v2025/sources/${id}/load-entitlements`, form);
  await waitFor(call, task.id);
}

/** Gives the source its own entitlement schema in place of the default one, linked from the account schema. */
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
    description: 'The access the account holds.',
    isMulti: true,
    isEntitlement: true,
    isGroup: true,
    schema: { type: 'CONNECTOR_SCHEMA', id, name },
  };
  const others = (account?.attributes ?? []).filter((other) => other.name !== 'groups' && other.name !== attribute);
  await call('PUT', `${path}/${account?.id}`, { ...account, attributes: [...others, link] });
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
