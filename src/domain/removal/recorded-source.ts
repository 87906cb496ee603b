import type { Session } from '../../storage/database.ts';
import { findSourceRequestConfig } from '../../storage/request-config/request-config.ts';
import { findCorrelationConfig, findIdentityMapping } from '../../storage/sources/correlation-config.ts';
import { findSettings } from '../../storage/sources/source-settings.ts';
import type { Source } from '../../storage/sources/sources.ts';
import { tagsOf } from '../../storage/tags/object-tags.ts';
import { effectiveMapping } from '../identities/identity-mapping.ts';
import { stateOf } from '../sources/source-record.ts';

/**
 * Returns every field of a source in the change record, with those that other tables keep and under the names that their
 * changes have: tags, settings and configurations. Those that are not set are omitted.
 */
export async function completeStateOf(session: Session, source: Source): Promise<Readonly<Record<string, unknown>>> {
  const { id } = source;
  const mapping = await findIdentityMapping(session, id);
  const others = {
    correlationConfig: await findCorrelationConfig(session, id),
    identityMapping: mapping === null ? null : effectiveMapping(mapping),
    entitlementRequestConfig: await findSourceRequestConfig(session, id),
    tags: (await tagsOf(session, 'SOURCE', [id])).get(id) ?? null,
    ...(await findSettings(session, id)),
  };
  return { ...stateOf(source), ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null)) };
}
