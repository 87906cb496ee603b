import type { Transaction } from '../../storage/database.ts';
import type { GovernedEntitlement } from '../../storage/entitlements/entitlements.ts';
import { parsePointer } from '../json-pointer.ts';
import { type BulkChange, draftOf, finisherOf } from './change-draft.ts';
import { refuseOperations } from './entitlement-patch.ts';

/** An entitlement with nothing but a value. */
const blank: GovernedEntitlement = {
  id: '',
  value: '-',
  sourceDisplayName: null,
  sourceDescription: null,
  sourcePrivilege: null,
  manualName: null,
  manualDescription: null,
  isNameManual: 0,
  isDescriptionManual: 0,
  ownerId: null,
  ownerName: null,
  additionalOwners: null,
  requestable: 0,
  privilegeOverride: null,
  privilegeOverrideBy: null,
  segments: null,
  accessModelMetadata: null,
  requestConfig: null,
  tags: null,
  version: 1,
};

/**
 * Checks what must be right for every entitlement, before a change of many begins: the paths of its patch, and the values
 * of fields that it sets as a whole, with the objects to which they refer.
 * @throws 400
 */
export async function checkChange(
  transaction: Transaction,
  { operations = [], privilegeField = 'privilegeOverride' }: BulkChange,
): Promise<void> {
  refuseOperations(operations, privilegeField);
  const around = { groups: new Map(), attributes: new Map(), actorId: null };
  const drafts = operations
    .filter(setsField)
    .map((operation) => draftOf(blank, { operations: [operation], privilegeField }, around));
  const finish = await finisherOf(transaction, drafts);
  for (const draft of drafts) {
    finish(draft);
  }
}

/** Whether an operation determines a whole field, or the privilege level. */
function setsField(operation: unknown): boolean {
  const { op, path } = operation as { readonly op: string; readonly path: string };
  const [field, ...inner] = parsePointer(path) ?? [];
  const isWhole = inner.length === 0 || (field === 'privilegeOverride' && inner.length === 1);
  return isWhole && (op === 'add' || op === 'replace' || (op === 'remove' && inner.length === 0));
}
