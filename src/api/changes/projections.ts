/** Serialises changes as JSON text. The recorded values are stored as JSON and, except for entitlements, passed through. */
import type { RecordedChange } from '../../domain/changes/changes.ts';
import { toRecordedFields } from '../entitlements/recorded-fields.ts';
import { wireTime } from '../wire-time.ts';

/** Serialises a change in the history of one object. */
export function toHistoryEntry(change: RecordedChange): string {
  return `{${common(change)}}`;
}

/** Serialises a change in the list of all changes. */
export function toChange(change: RecordedChange): string {
  const { objectType, objectId } = change;
  return `{${common(change)},"objectType":${text(objectType)},"objectId":${text(objectId)}}`;
}

function common(change: RecordedChange): string {
  const { actorId, actorName } = change;
  const name = actorName === null ? {} : { name: actorName };
  const actor = actorId === null ? null : { id: actorId, ...name };
  return (
    `"number":${change.number},"time":"${wireTime(change.time)}","kind":${text(change.kind)},` +
    `"actor":${JSON.stringify(actor)},"clientId":${text(change.clientId)},"taskId":${text(change.taskId)},` +
    `"trackingId":${text(change.trackingId)},"before":${fields(change, change.before)},"after":${fields(change, change.after)}`
  );
}

function fields({ objectType }: RecordedChange, recorded: string | null): string {
  return recorded === null || objectType !== 'ENTITLEMENT'
    ? (recorded ?? 'null')
    : JSON.stringify(toRecordedFields(JSON.parse(recorded) as Record<string, unknown>));
}

function text(value: string | null): string {
  return JSON.stringify(value);
}
