import type { Session } from '../../src/storage/database.ts';
import { invariants } from '../../src/storage/invariants/invariants.ts';
import { openForReading } from '../../src/storage/open-database.ts';

/** Returns descriptions of violated invariants; empty if there are none. The database must not change meanwhile. */
export async function violationsIn(databaseUrl: string): Promise<string[]> {
  const { session, close } = await openForReading(databaseUrl);
  try {
    return await violationsOf(session);
  } finally {
    await close();
  }
}

/** The same for an open database. */
export async function violationsOf(session: Session): Promise<string[]> {
  const found: string[] = [];
  for (const { name, violations } of invariants) {
    found.push(...(await violations(session)).map((violation) => `${name}: ${violation}`));
  }
  return found;
}
