import { illegalValue } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import type {
  ColumnKind,
  ColumnKinds,
  Fields,
  IdentityReference,
  RecordOf,
  RecordTable,
} from '../../storage/resources/record-table.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { longestLongText } from '../text-limit.ts';
import { type ReceivedReference, referenceAfter } from './identity-references.ts';

/** The fields of a resource in the contract's form, valid against its schema. Null and absent mean the same. */
export type ResourceInput = Readonly<Record<string, unknown>>;

/**
 * Returns the declared fields of a record from the input; omitted fields are null or false.
 * @throws 400 for a text that is blank, too long or cannot be stored, for a missing field, and for an unknown identity
 */
export async function fieldsFrom<C extends ColumnKinds>(
  transaction: Transaction,
  { columns }: RecordTable<C>,
  input: ResourceInput,
  before: RecordOf<C> | undefined,
): Promise<Fields<C>> {
  refuseUnstorable(input, '');
  const fields: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columns)) {
    const value = await valueFrom(transaction, field, column, input[field] ?? null, before?.[field]);
    if (value === null && !column.isOptional) {
      throw illegalValue(`Field "${field}" is required.`);
    }
    fields[field] = value;
  }
  return fields as Fields<C>;
}

async function valueFrom(
  transaction: Transaction,
  field: string,
  { kind, isOptional }: ColumnKind<unknown>,
  received: unknown,
  before: unknown,
): Promise<unknown> {
  switch (kind) {
    case 'identity':
      return referenceAfter(
        transaction,
        field,
        received as ReceivedReference | null,
        before as IdentityReference | null | undefined,
      );
    case 'flag':
      return received ?? false;
    case 'time':
      return received === null ? null : Date.parse(String(received));
    case 'text':
      return received === null ? null : checkedText(String(received), field, isOptional);
    case 'json':
      return received;
  }
}

function checkedText(text: string, field: string, isLong: boolean): string {
  if (!isLong) {
    refuseBadName(text, field);
  } else if (text.length > longestLongText) {
    throw illegalValue(`Field "${field}" has ${text.length} characters. At most ${longestLongText} are allowed.`);
  }
  return text;
}
