import { illegalValue } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import {
  type AttributeAssignment,
  type CorrelationConfig,
  findCorrelationConfig,
  setCorrelationConfig,
} from '../../storage/sources/correlation-config.ts';
import type { Database } from '../../storage/database.ts';
import { pairOf } from '../../storage/identities/identity-attributes.ts';
import { updateSource } from '../../storage/sources/sources.ts';
import { newId } from '../ids.ts';
import { shownValue } from '../shown-value.ts';
import { getSource, lockedSource } from '../sources/sources.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';
import { type ReapplyRequest, reapplySource } from './reapply-accounts.ts';

export type { AttributeAssignment, CorrelationConfig } from '../../storage/sources/correlation-config.ts';

/** The maximum number of assignments: each of them is a key of every account. */
const mostAssignments = 20;

/** The correlation configuration of a source; without id and assignments if it has none. */
export interface ShownCorrelationConfig {
  readonly config: Omit<CorrelationConfig, 'id' | 'name'> & Partial<CorrelationConfig>;
  /** The version of the source. */
  readonly version: number;
}

/** A correlation configuration from a client; only its shape has been validated. */
export interface CorrelationConfigInput {
  readonly name?: string | null;
  readonly attributeAssignments?: readonly AttributeAssignmentInput[] | null;
}

/** An assignment as sent. */
export type AttributeAssignmentInput = Partial<AttributeAssignment> & { readonly sequence?: number };

/** Returns the correlation configuration of a source. Throws 404. */
export async function getCorrelationConfig(database: Database, sourceId: string): Promise<ShownCorrelationConfig> {
  const { version } = await getSource(database, sourceId);
  const config = await findCorrelationConfig(database.keyed, sourceId);
  return { config: config ?? { attributeAssignments: [] }, version };
}

/**
 * Sets the correlation configuration of a source and correlates its accounts again. The source has a reference to it. For
 * an authoritative source it is stored but has no effect.
 * @throws 404; 412; 400 for an empty or unsupported assignment
 */
export async function putCorrelationConfig(
  database: Database,
  sourceId: string,
  input: CorrelationConfigInput,
  ifMatch: number | undefined,
  request: ReapplyRequest,
): Promise<ShownCorrelationConfig> {
  refuseUnstorable(input, '');
  const attributeAssignments = assignmentsOf(input.attributeAssignments ?? []);
  return database.write(async (transaction) => {
    const source = await lockedSource(transaction, sourceId);
    checkVersion(ifMatch, source.version);
    const before = await findCorrelationConfig(transaction, sourceId);
    const config: CorrelationConfig = {
      id: before?.id ?? newId(),
      name: input.name ?? before?.name ?? `${source.name} Account Correlation`,
      attributeAssignments,
    };
    if (JSON.stringify(config) === JSON.stringify(before)) {
      return { config, version: source.version };
    }
    const now = Date.now();
    const reference = { type: 'ACCOUNT_CORRELATION_CONFIG', id: config.id, name: config.name };
    const after = {
      ...source,
      details: { ...source.details, accountCorrelationConfig: reference },
      modified: now,
      version: source.version + 1,
    };
    await updateSource(transaction, after);
    await setCorrelationConfig(transaction, sourceId, config);
    await recordChanges(transaction, request.context, now, [
      {
        objectType: 'SOURCE',
        objectId: sourceId,
        kind: 'updated',
        before: {
          correlationConfig: before,
          accountCorrelationConfig: source.details['accountCorrelationConfig'] ?? null,
        },
        after: { correlationConfig: config, accountCorrelationConfig: reference },
      },
    ]);
    if (!source.authoritative) {
      await reapplySource(transaction, after, request, now);
    }
    return { config, version: after.version };
  });
}

/** Returns the assignments in order; in beta clients can set it with `sequence`. */
function assignmentsOf(received: readonly AttributeAssignmentInput[]): AttributeAssignment[] {
  if (received.length > mostAssignments) {
    throw illegalValue(
      `Field "attributeAssignments" has ${received.length} members. At most ${mostAssignments} are allowed.`,
    );
  }
  const inOrder = received
    .map((assignment, index) => ({ assignment, field: `attributeAssignments.${index}` }))
    .toSorted((a, b) => (a.assignment.sequence ?? 0) - (b.assignment.sequence ?? 0));
  return inOrder.map(({ assignment, field }) => {
    const { sequence: _, property = '', value = '', ...others } = assignment;
    for (const [name, text] of Object.entries({ property, value })) {
      if (pairOf(text, 'any') === undefined || text.trim() === '') {
        throw illegalValue(
          `Field "${field}.${name}" is ${shownValue(text)}. It must be the name of an attribute, of at most 500 bytes.`,
        );
      }
    }
    if (others.complex === true) {
      throw illegalValue(
        `Field "${field}.complex" is true. Only simple assignments are supported: a property that equals a value.`,
      );
    }
    return { property, value, ...others };
  });
}
