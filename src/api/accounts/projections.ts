/**
 * Serialises accounts as JSON text, column by column; the attributes are passed through as stored.
 */
import type { Account } from '../../domain/accounts/accounts.ts';
import { wireTime } from '../wire-time.ts';

/** The detail level of an account (contract B.2, `detailLevel`). */
export type DetailLevel = 'SLIM' | 'FULL';

/** Returns the JSON of one account. */
export function accountText(row: Account, detailLevel: DetailLevel): string {
  const identityId = row.identityId === null ? '' : `"identityId":"${row.identityId}",`;
  return (
    `{"id":"${row.id}","name":${text(row.name)},"created":"${wireTime(row.created)}","modified":"${wireTime(row.modified)}",` +
    `"sourceId":"${row.sourceId}","sourceName":${text(row.sourceName)},${identityId}` +
    `"cloudLifecycleState":${text(row.lifecycleState)},"identityState":${text(row.identityState)},` +
    `"connectionType":${text(row.connectionType)},"isMachine":false,"recommendation":null,` +
    `"attributes":${row.attributes},"authoritative":${row.isAuthoritative === 1},"description":${text(row.description)},` +
    `"disabled":${row.disabled === 1},"locked":${row.locked === 1},"nativeIdentity":${text(row.nativeIdentity)},` +
    `"systemAccount":false,"uncorrelated":${row.identityId === null},"uuid":${text(row.uuid)},` +
    `"manuallyCorrelated":${row.isManuallyCorrelated === 1},"hasEntitlements":${row.hasEntitlements === 1}` +
    `${detailLevel === 'FULL' ? details(row) : ''}}`
  );
}

/** Returns the members that come from the source and the identity of an account. */
function details(row: Account): string {
  const identity = row.identityId === null ? '' : `,"identity":${person(row.identityId, row.identityName)}`;
  const owner = row.sourceOwnerId === null ? '' : `,"sourceOwner":${person(row.sourceOwnerId, row.sourceOwnerName)}`;
  const features = (JSON.parse(row.features) as string[]).join(', ');
  return `${identity}${owner},"features":${text(features === '' ? null : features)},"origin":${text(row.origin)}`;
}

function person(id: string, name: string | null): string {
  return `{"type":"IDENTITY","id":${text(id)}${name === null ? '' : `,"name":${text(name)}`}}`;
}

function text(value: string | null): string {
  return JSON.stringify(value);
}
