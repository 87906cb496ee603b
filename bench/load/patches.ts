import type { LoadRequest } from './run-load.ts';

/** Patches to be sent in a cycle: each one reverts the previous change of its entitlement. */
export function togglingPatches(ids: readonly string[]): LoadRequest[] {
  return [true, false].flatMap((value) =>
    ids.map((id) => ({
      method: 'PATCH',
      path: `/v2025/entitlements/${id}`,
      body: JSON.stringify([{ op: 'replace', path: '/requestable', value }]),
    })),
  );
}
