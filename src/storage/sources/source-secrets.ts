import type { Session, Transaction } from '../database.ts';

/** A source secret. The connector attributes contain a reference to it, never its value. */
export interface SourceSecret {
  readonly id: string;
  /** The name of the connector attribute. */
  readonly name: string;
  readonly value: string;
}

/** Returns the secrets of a source. */
export async function findSecrets(session: Session, sourceId: string): Promise<SourceSecret[]> {
  return session.query
    .selectFrom('source_secret')
    .select(['id', 'name', 'value'])
    .where('source_id', '=', sourceId)
    .orderBy('name')
    .execute();
}

/** Replaces all secrets of a locked source. */
export async function replaceSecrets(
  transaction: Transaction,
  sourceId: string,
  secrets: readonly SourceSecret[],
): Promise<void> {
  await deleteSecretsOfSource(transaction, sourceId);
  if (secrets.length > 0) {
    await transaction.query
      .insertInto('source_secret')
      .values(secrets.map((secret) => ({ ...secret, source_id: sourceId })))
      .execute();
  }
}

/** Deletes all secrets of a source. */
export async function deleteSecretsOfSource(transaction: Transaction, sourceId: string): Promise<void> {
  await transaction.query.deleteFrom('source_secret').where('source_id', '=', sourceId).execute();
}
