import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../bench/server/api.ts';
import type { Chance } from './chance.ts';

/** The fields that patches set. */
export interface Governance {
  readonly name?: string;
  readonly description?: string;
  readonly requestable?: boolean;
  readonly ownerId?: string;
}

/** The known state of a patched entitlement. */
export interface PatchedEntitlement {
  /** Its state after the acknowledged patches. */
  readonly acknowledged: Governance;
  /** The version that the last of them returned. */
  readonly version: number;
  /** A patch that was sent but not answered before the server was killed. */
  readonly pending: Governance | undefined;
}

/** Patches entitlements, a few at a time, and keeps track of the acknowledged patches. */
export class Patching {
  readonly patched = new Map<string, PatchedEntitlement>();
  /** Unexpected responses. */
  readonly unexpected: string[] = [];
  acknowledged = 0;
  unacknowledged = 0;
  inFlight = 0;
  #serial = 0;
  #stopped = true;
  #workers: Promise<void>[] = [];

  /** @param ids entitlements; each belongs to one worker, so that its patches are sequential */
  start(api: Api, ids: readonly string[], owners: readonly string[], chance: Chance): void {
    this.#stopped = false;
    const workers = 4;
    this.#workers = Array.from({ length: workers }, (_, worker) =>
      this.#work(
        api,
        ids.filter((_id, index) => index % workers === worker),
        owners,
        chance,
      ),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #work(api: Api, ids: readonly string[], owners: readonly string[], chance: Chance): Promise<void> {
    while (!this.#stopped) {
      const id = chance.of(ids);
      const known = this.patched.get(id ?? '');
      if (id === undefined) {
        return;
      }
      if (known?.pending !== undefined) {
        // It is deleted at the moment: whether the patch was applied is visible once it is restored.
        await sleep(1);
        continue;
      }
      const change = this.#change(chance, owners);
      this.inFlight += 1;
      const response = await send(api, id, change);
      this.inFlight -= 1;
      const { acknowledged = {}, version = 0 } = known ?? {};
      if (response === undefined) {
        this.unacknowledged += 1;
        this.patched.set(id, { acknowledged, version, pending: change });
        return;
      }
      if (response.status === 200) {
        this.acknowledged += 1;
        const etag = Number(response.headers.get('etag')?.replaceAll('"', ''));
        this.patched.set(id, { acknowledged: { ...acknowledged, ...change }, version: etag, pending: undefined });
      } else if (response.status !== 404) {
        this.unexpected.push(`a patch of ${id} returned ${response.status}`);
      }
    }
  }

  /** Changes at least two fields, one of them to a unique value, so that a partially applied patch is detected. */
  #change(chance: Chance, owners: readonly string[]): Governance {
    const number = (this.#serial += 1);
    const ownerId = chance.of(owners);
    return {
      description: `described ${number}`,
      ...(chance.isTrue(0.5) ? { name: `named ${number}` } : { requestable: chance.isTrue(0.5) }),
      ...(ownerId !== undefined && chance.isTrue(0.5) ? { ownerId } : {}),
    };
  }
}

/** Undefined if there was no response. */
async function send(api: Api, id: string, { ownerId, ...fields }: Governance): Promise<Response | undefined> {
  const operations = Object.entries(fields).map(([name, value]) => ({ op: 'replace', path: `/${name}`, value }));
  const owner = { op: 'replace', path: '/owner', value: { type: 'IDENTITY', id: ownerId } };
  try {
    const response = await fetch(`${api.url}/v2025/entitlements/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json-patch+json' },
      body: JSON.stringify(ownerId === undefined ? operations : [...operations, owner]),
    });
    await response.arrayBuffer();
    return response;
  } catch {
    // The server was killed: whether the patch was applied is checked afterwards.
    return undefined;
  }
}
