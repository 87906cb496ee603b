import type { Session } from '../database.ts';
import { type Invariant, mostViolations } from './invariant.ts';

const pageSize = 2000;

/** Every attribute and value to which the metadata of an entitlement refers exists. */
export const assignedMetadata: Invariant = {
  name: 'metadata of entitlements has existing attributes and values',
  isThorough: true,
  violations: async (session) => {
    const known = await knownValues(session);
    const found: string[] = [];
    for (let last = '', size = pageSize; size === pageSize && found.length < mostViolations;) {
      const rows = await session.query
        .selectFrom('entitlement')
        .select(['id', 'access_model_metadata as metadata'])
        .where('id', '>', last)
        .where('access_model_metadata', 'is not', null)
        .orderBy('id')
        .limit(pageSize)
        .execute();
      for (const { id, metadata } of rows) {
        const unknown = placesIn(metadata ?? '{}').find((place) => !known.has(place));
        if (unknown !== undefined) {
          found.push(`entitlement ${id}: ${unknown}`);
        }
      }
      last = rows.at(-1)?.id ?? last;
      size = rows.length;
    }
    return found.slice(0, mostViolations);
  },
};

/** The attributes, and their values, each as `KEY` and `KEY/VALUE`; a key has no slash. */
async function knownValues({ query }: Session): Promise<ReadonlySet<string>> {
  const rows = await query.selectFrom('metadata_attribute').select(['key', 'known_values as values']).execute();
  return new Set(
    rows.flatMap(({ key, values }) => [
      key,
      ...(JSON.parse(values) as { value: string }[]).map(({ value }) => `${key}/${value}`),
    ]),
  );
}

function placesIn(metadata: string): string[] {
  const { attributes = [] } = JSON.parse(metadata) as {
    attributes?: { key: string; values?: { value: string }[] }[];
  };
  return attributes.flatMap(({ key, values = [] }) => [key, ...values.map(({ value }) => `${key}/${value}`)]);
}
