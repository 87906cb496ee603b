import type { Session, Transaction } from '../database.ts';

/** A secret among the settings of a source's connector. The settings hold a reference to it, never its value. */
export interface SourceSecret {
  readonly id: string;
  /** The name of the connector attribute. */
  readonly name: string;
  readonly value: string;
}

/** The secrets of a source. */
export async function findSecrets(session: Session, sourceId: string): Promise<SourceSecret[]> {
  return session.query
    .selectFrom('source_secret')
    .select(['id', 'name', 'value'])
    .where('source_id', '=', sourceId)
    .orderBy('name')
    .execute();
}

/** Makes these all the secrets of a source that was locked before. */
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

/** Removes all secrets of a source. */
export async function deleteSecretsOfSource(transaction: Transaction, sourceId: string): Promise<void> {
  await transaction.query.deleteFrom('source_secret').where('source_id', '=', sourceId).execute();
}
