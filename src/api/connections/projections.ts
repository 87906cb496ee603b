/** Serialises connections. */
import { type Connection, connectionId, type OneConnection } from '../../domain/connections/connections.ts';
import { shownDescription, shownName } from '../../domain/entitlements/entitlements.ts';
import { type PrivilegeLevel, privilegeOf } from '../../domain/entitlements/privilege.ts';
import { wireTime } from '../wire-time.ts';

/** Returns one connection of a list as JSON text, with the level that its entitlement inherits. */
export function connectionHitText(row: Connection, inherited: PrivilegeLevel): string {
  const { effective } = privilegeOf(row, inherited);
  const name = text(shownName(row));
  return (
    `{"id":${text(connectionId(row))},${identity(row)}` +
    `"account":{"id":${text(row.accountId)},"name":${text(row.accountName)},"nativeIdentity":${text(row.nativeIdentity)}},` +
    `"entitlement":{"id":${text(row.entitlementId)},"name":${name},"displayName":${name},` +
    `${member('description', shownDescription(row))}${member('attribute', row.attribute)}"value":${text(row.value)},` +
    `"sourceSchemaObjectType":${text(row.entitlementType)},"privilegeLevel":{"effective":"${effective}"}},` +
    `"source":{"id":${text(row.sourceId)},"name":${text(row.sourceName)}},` +
    `"standalone":${row.isStandalone === 1},"type":"${row.type}"}`
  );
}

function identity({ identityId, identityName, identityAlias }: Connection): string {
  if (identityId === null) {
    return '';
  }
  return `"identity":{"type":"IDENTITY","id":${text(identityId)}${[
    ['name', identityName],
    ['alias', identityAlias],
  ]
    .map(([key = '', value = null]) => (value === null ? '' : `,"${key}":${text(value)}`))
    .join('')}},`;
}

/** Returns a member and a comma, or nothing if the value is null. */
function member(key: string, value: string | null): string {
  return value === null ? '' : `"${key}":${text(value)},`;
}

function text(value: string | null): string {
  return JSON.stringify(value);
}

/** Returns a connection in the form of the operations that change it. */
export function toConnection({ row, set }: OneConnection) {
  return {
    connectionId: connectionId(row),
    ...(row.identityId === null ? {} : { identityId: row.identityId }),
    accountId: row.accountId,
    entitlementId: row.entitlementId,
    sourceId: row.sourceId,
    standalone: row.isStandalone === 1,
    ...(row.attribute === null ? {} : { attributeName: row.attribute }),
    attributeValue: row.value,
    type: row.type,
    ...(set === undefined ? {} : { modified: wireTime(set.modified) }),
  };
}
