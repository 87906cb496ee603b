import type { Session, Transaction } from '../database.ts';

/** Uploaded files in the database, cut in pieces: there every server of a shared database finds them. */

/** Adds one piece of a file. */
export async function insertChunk(
  transaction: Transaction,
  chunk: { readonly file: string; readonly number: number; readonly bytes: Buffer; readonly created: number },
): Promise<void> {
  await transaction.insertRows('spool_chunk', [chunk]);
}

/** One piece of a file, counted from 0; undefined behind the last. */
export async function findChunk(session: Session, file: string, number: number): Promise<Buffer | undefined> {
  const row = await session.query
    .selectFrom('spool_chunk')
    .select('bytes')
    .where('file', '=', file)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.bytes;
}

/** Removes a file. */
export async function deleteChunks(transaction: Transaction, file: string): Promise<void> {
  await transaction.query.deleteFrom('spool_chunk').where('file', '=', file).execute();
}

/** Removes files stored before `before` (UTC milliseconds) that are not among those in use. */
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
