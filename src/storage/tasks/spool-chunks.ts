import type { Session, Transaction } from '../database.ts';

/** Uploaded files, stored in chunks in the database, so that every server on a shared database can read them. */

/** Adds one chunk of a file. */
export async function insertChunk(
  transaction: Transaction,
  chunk: { readonly file: string; readonly number: number; readonly bytes: Buffer; readonly created: number },
): Promise<void> {
  await transaction.insertRows('spool_chunk', [chunk]);
}

/** Returns one chunk of a file, numbered from 0; undefined after the last. */
export async function findChunk(session: Session, file: string, number: number): Promise<Buffer | undefined> {
  const row = await session.query
    .selectFrom('spool_chunk')
    .select('bytes')
    .where('file', '=', file)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.bytes;
}

/** Deletes a file. */
export async function deleteChunks(transaction: Transaction, file: string): Promise<void> {
  await transaction.query.deleteFrom('spool_chunk').where('file', '=', file).execute();
}

/** Deletes files that were stored before `before` (UTC milliseconds) and are not in use. */
export async function deleteForgottenChunks(
  transaction: Transaction,
  before: number,
  inUse: ReadonlySet<string>,
): Promise<void> {
  await transaction.query
    .deleteFrom('spool_chunk')
    .where('created', '<', before)
    .$if(inUse.size > 0, (builder) => builder.where('file', 'not in', [...inUse]))
    .execute();
}
