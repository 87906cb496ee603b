import type { Database } from '../../storage/database.ts';
import { findCorrelationConfig, findIdentityMapping } from '../../storage/sources/correlation-config.ts';
import { countIdentitiesFrom } from '../../storage/sources/source-uses.ts';
import { getSource, type Source } from '../sources/sources.ts';
import { effectiveMapping } from './identity-mapping.ts';

/** What depends on a source. */
export interface SourceConnections {
  readonly source: Source;
  /** The number of identities whose data come from the source; undefined if the source is not authoritative. */
  readonly identities: number | undefined;
  /** The account attributes that the identity mapping or the correlation refers to, sorted. */
  readonly attributes: readonly string[];
}

/** Returns what depends on a source (contract B.1, connections). Throws 404. */
export async function getSourceConnections(database: Database, sourceId: string): Promise<SourceConnections> {
  const source = await getSource(database, sourceId);
  const [config, mapping, identities] = await Promise.all([
    findCorrelationConfig(database.keyed, sourceId),
    findIdentityMapping(database.keyed, sourceId),
    source.authoritative ? countIdentitiesFrom(database.scan, sourceId) : undefined,
  ]);
  const attributes = [
    ...(config?.attributeAssignments ?? []).map(({ value }) => value),
    ...(source.authoritative ? Object.values(effectiveMapping(mapping).attributes).flat() : []),
    ...managerAttributes(source),
  ];
  return { source, identities, attributes: [...new Set(attributes)].toSorted() };
}

function managerAttributes({ details }: Source): string[] {
  const { accountAttributeName } = Object(details['managerCorrelationMapping']) as { accountAttributeName?: unknown };
  return typeof accountAttributeName === 'string' ? [accountAttributeName] : [];
}
