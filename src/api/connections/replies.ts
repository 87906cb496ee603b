import type { Application } from '../../application.ts';
import { countConnections, type OneConnection, versionOf } from '../../domain/connections/connections.ts';
import type { ListQuery } from '../../list-query.ts';
import { PreparedText, type Reply } from '../operation.ts';
import { connectionPageText } from './page-text.ts';
import { toConnection } from './projections.ts';

/** Returns one connection and its version. */
export function connectionReply(connection: OneConnection): Reply {
  return { body: toConnection(connection), version: versionOf(connection) };
}

/** Returns a page of connections and, if requested, the total number. */
export async function connectionsReply({ database }: Application, list: ListQuery): Promise<Reply> {
  const page = list.limit === 0 ? undefined : database.readText(connectionPageText, list);
  try {
    const [text, total] = await Promise.all([page, list.count ? countConnections(database, list) : undefined]);
    return { body: text === undefined ? new PreparedText('[]') : new PreparedText(text.bytes, text.release), total };
  } catch (error) {
    await page?.then(
      ({ release }) => release(),
      () => undefined,
    );
    throw error;
  }
}
