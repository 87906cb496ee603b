import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import { pairOf } from '../../storage/identities/identity-attributes.ts';
import { findActiveSegments, findMemberAttributes, findSegmentIds } from '../../storage/segments/active-segments.ts';
import type { Expression, VisibilityCriteria } from '../../storage/segments/segments.ts';
import { shownValue } from '../shown-value.ts';
import { isSegmentId } from './segment-id.ts';

/** The folded values of an identity by folded attribute. */
type MemberAttributes = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the ids of the active segments that an identity belongs to, of those with entitlements (contract B.4). They are
 * determined from the present segments and attributes each time.
 */
export async function segmentsOf(database: Database, identityId: string): Promise<string[]> {
  const [segments, attributes] = await Promise.all([
    findActiveSegments(database),
    findMemberAttributes(database.keyed, identityId),
  ]);
  return segments.filter(({ criteria }) => isMember(criteria, attributes)).map(({ id }) => id);
}

/**
 * Returns whether an identity meets the criteria of a segment. Names and values ignore case. A segment without criteria has
 * no members: one that is not finished shows its entitlements to nobody, rather than to everyone.
 */
export function isMember(criteria: VisibilityCriteria | null, attributes: MemberAttributes): boolean {
  return criteria !== null && isTrue(criteria.expression, attributes);
}

function isTrue(expression: Expression, attributes: MemberAttributes): boolean {
  if (expression.operator === 'AND') {
    return expression.children.every((child) => isTrue(child, attributes));
  }
  // Undefined for a value that no identity can have, such as a blank one.
  const wanted = pairOf(expression.attribute, expression.value.value);
  return wanted !== undefined && attributes.get(wanted.property)?.has(wanted.value) === true;
}

/** The maximum number of segments in a parameter. */
const mostNamed = 100;

/**
 * Returns the ids of segments from a parameter: comma-separated, each once.
 * @throws 400 for too many, for a text that is not an id, and for the first that no segment has
 */
export async function namedSegments(database: Database, parameter: string, text: string): Promise<string[]> {
  const ids = text.split(',').map((id) => id.trim().toLowerCase());
  if (ids.length > mostNamed) {
    throw illegalValue(`Parameter "${parameter}" has ${ids.length} ids. At most ${mostNamed} are allowed.`);
  }
  const wrong = ids.find((id) => !isSegmentId(id));
  if (wrong !== undefined) {
    throw illegalValue(
      `Parameter "${parameter}" contains ${shownValue(wrong)}. It must contain ids of segments, separated by commas: UUIDs such as 29cb6c06-1da8-43ea-8be4-b3125f248f2a.`,
    );
  }
  const known = await findSegmentIds(database.keyed, ids);
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw referencedObjectNotFound('segment', unknown);
  }
  return [...known];
}
