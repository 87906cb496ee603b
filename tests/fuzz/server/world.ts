import type { Caller } from '../plans/plan.ts';
import type { PoolName } from '../plans/texts.ts';

/** The maximum size of a pool: older members are dropped. */
const poolSize = 200;
const nothing = 'f'.repeat(32);

/** The objects that requests may refer to, learned from responses, and the callers' tokens. */
export class World {
  readonly tokens: Readonly<Partial<Record<Caller, string>>>;
  readonly #pools = new Map<string, string[]>();
  readonly #untouchable: readonly string[];
  /** Unexpected rejections of the administrator: a request has removed their rights or token. */
  lostRights = 0;

  /** @param untouchable ids that are never added to a pool: changing these objects would end the administrator's access */
  constructor(tokens: Partial<Record<Caller, string>>, untouchable: readonly string[]) {
    this.tokens = tokens;
    this.#untouchable = untouchable;
  }

  add(pool: PoolName, id: string): void {
    if (pool !== 'administrator' && this.#untouchable.includes(id)) {
      return;
    }
    const members = this.#pools.get(pool) ?? [];
    this.#pools.set(pool, members);
    if (members.includes(id)) {
      return;
    }
    if (members.length >= poolSize) {
      members.splice(members.length >> 1, 1);
    }
    members.push(id);
  }

  remove(id: string): void {
    for (const [pool, members] of this.#pools) {
      if (pool !== 'administrator') {
        this.#pools.set(
          pool,
          members.filter((member) => !member.includes(id)),
        );
      }
    }
  }

  /** Replaces the placeholders in a text; `write` encodes the values for the syntax of the text. */
  resolve(text: string, write: (value: string) => string = (value) => value): string {
    return text.replaceAll(/~(\w+)\*(\d+)~/g, (_, pool: string, index: string) => {
      const members = this.#pools.get(pool) ?? [];
      const member = members[Number(index) % members.length] ?? nothing;
      return pool === 'schema' ? member : write(member);
    });
  }

  /** Adds the objects in a response of an operation. */
  learn(method: string, path: string, status: number, text: string): void {
    const id = /\/([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/.exec(path)?.[1];
    if (method === 'DELETE' && id !== undefined && status < 300) {
      this.remove(id);
      return;
    }
    const pool = poolOf(method, path);
    if (pool === undefined || text.length > 40_000 || text.length === 0) {
      return;
    }
    const body: unknown = JSON.parse(text);
    const isNew = method === 'POST' && status === 201;
    for (const one of Array.isArray(body) ? body.slice(0, 20) : [body]) {
      this.#learnOne(pool, one as Readonly<Record<string, unknown>>, path, isNew);
    }
  }

  #learnOne(pool: PoolName, one: Readonly<Record<string, unknown>>, path: string, isNew: boolean): void {
    const { id } = one;
    if (typeof id !== 'string') {
      return;
    }
    if (pool === 'schema') {
      const source = /sources\/(?:v1\/)?([0-9a-f]{32})/.exec(path)?.[1];
      this.add(pool, `${source}/schemas/${id}`);
      return;
    }
    this.add(pool === 'source' && isNew ? 'spareSource' : pool, id);
    for (const schema of pool === 'source' && Array.isArray(one['schemas']) ? one['schemas'] : []) {
      this.add('schema', `${id}/schemas/${(schema as { id: string }).id}`);
    }
    for (const [name, field] of [
      ['name', 'name'],
      ['value', 'value'],
    ] as const) {
      const text = one[field];
      if (typeof text === 'string' && text.length < 100 && !text.includes('~')) {
        this.add(name, text);
      }
    }
  }
}

function poolOf(method: string, path: string): PoolName | undefined {
  const [service = '', ...rest] = path
    .replace(/\?.*$/, '')
    .replace(/^\/(?:beta|v20\d\d|muniment\/v1)\//, '/')
    .split('/')
    .filter((part) => part !== '' && part !== 'v1');
  if (service === 'sources' && rest[1] === 'schemas') {
    return rest[2] === 'accounts' || rest[2] === 'entitlements' ? undefined : 'schema';
  }
  if (service === 'sources' && (rest[1] ?? '').startsWith('load-')) {
    return 'task';
  }
  if (service === 'accounts' && method !== 'GET') {
    return 'task';
  }
  if (rest.length > 1) {
    return rest.at(-1) === 'entitlements' ? 'entitlement' : undefined;
  }
  const pools: Readonly<Record<string, PoolName>> = {
    sources: 'source',
    entitlements: 'entitlement',
    accounts: 'account',
    'entitlement-connections': 'connection',
    identities: 'identity',
    segments: 'segment',
    'public-identities': 'identity',
    'task-status': 'task',
    tags: 'tag',
    'personal-access-tokens': 'personalAccessToken',
    'oauth-clients': 'oauthClient',
    workgroups: 'workgroup',
  };
  return pools[service];
}
