import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags } from './session.ts';

/** The maximum number of entitlements in one request. */
const batch = 50;

/**
 * `muniment segments assign SEGMENT ENTITLEMENT...` and `unassign`. Up to 50 entitlements are changed together; if one of
 * them does not exist, none of the 50 is changed.
 */
export async function updateAssignments(
  verb: 'assign' | 'unassign',
  segmentId: string,
  given: readonly string[],
  flags: RemoteFlags,
): Promise<void> {
  const client = openClient(flags);
  const ids = [...new Set(given)];
  for (let start = 0; start < ids.length; start += batch) {
    const entitlements = ids.slice(start, start + batch).map((id) => ({ type: 'ENTITLEMENT' as const, id }));
    const body = { segmentId, [verb === 'assign' ? 'assignments' : 'removals']: entitlements };
    await client.call('updateSegmentAssignments', { body });
  }
  const count = `${ids.length} ${ids.length === 1 ? 'entitlement is' : 'entitlements are'}`;
  await (flags.json === true
    ? writeJson({ segmentId, entitlementIds: ids })
    : write(`${count} ${verb === 'assign' ? 'assigned to' : 'removed from'} ${segmentId}.\n`));
}
