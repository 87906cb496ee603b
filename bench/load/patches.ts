import type { LoadRequest } from './run-load.ts';

/** Patches to be sent one after the other, round and round: each changes its entitlement back from the time before. */
export function togglingPatches(ids: readonly string[]): LoadRequest[] {
  return [true, false].flatMap((value) =>
    ids.map((id) => ({
      method: 'PATCH',
      path: `/v2025/entitlements/${id}`,
      body: JSON.stringify([{ op: 'replace', path: '/requestable', value }]),
    })),
  );
}
