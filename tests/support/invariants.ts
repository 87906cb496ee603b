import { invariants } from '../../src/storage/invariants/invariants.ts';
import { openForReading } from '../../src/storage/open-database.ts';

/** Returns descriptions of violated invariants; empty if there are none. The database must not change meanwhile. */
export async function violationsIn(databaseUrl: string): Promise<string[]> {
  const { session, close } = await openForReading(databaseUrl);
  try {
    const found: string[] = [];
    for (const { name, violations } of invariants) {
      found.push(...(await violations(session)).map((violation) => `${name}: ${violation}`));
    }
    return found;
  } finally {
    await close();
  }
}
