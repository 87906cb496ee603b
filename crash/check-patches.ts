import type { Outcome } from './outcome.ts';
import type { Governance, PatchedEntitlement } from './patching.ts';

/** Compares entitlements with the patches sent. The effect of an unanswered patch counts as acknowledged from then on. */
export async function checkPatches({ world }: Outcome): Promise<string[]> {
  const { patched, unexpected } = world.patching;
  const found = unexpected.splice(0);
  const rows = await world.inspect(({ query }) =>
    query
      .selectFrom('entitlement')
      .select(['id', 'manual_name', 'manual_description', 'requestable', 'owner_id', 'version'])
      .execute(),
  );
  for (const row of rows) {
    const known = patched.get(row.id);
    if (known === undefined) {
      continue;
    }
    const now: Governance = {
      ...(row.manual_name === null ? {} : { name: row.manual_name }),
      ...(row.manual_description === null ? {} : { description: row.manual_description }),
      requestable: row.requestable === 1,
      ...(row.owner_id === null ? {} : { ownerId: row.owner_id }),
    };
    const possible = [known.acknowledged, ...(known.pending === undefined ? [] : [withPending(known)])];
    const settled = possible.find((governance) => isSame(governance, now));
    if (settled === undefined) {
      found.push(`entitlement ${row.id} is ${JSON.stringify(now)}, its patches: ${JSON.stringify(known)}`);
    }
    if (row.version < known.version) {
      found.push(`entitlement ${row.id} has version ${row.version}, but a patch returned ${known.version}`);
    }
    patched.set(row.id, { acknowledged: settled ?? now, version: row.version, pending: undefined });
  }
  return found;
}

function withPending({ acknowledged, pending }: PatchedEntitlement): Governance {
  return { ...acknowledged, ...pending };
}

function isSame(one: Governance, other: Governance): boolean {
  return (
    one.name === other.name &&
    one.description === other.description &&
    (one.requestable ?? false) === (other.requestable ?? false) &&
    one.ownerId === other.ownerId
  );
}
