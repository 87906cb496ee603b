/**
 * The password policies of a source. There are no password policies here: which ones a source has is stored as sent, for
 * other tools, as the field `passwordPolicies` of the source.
 */
import { illegalValue } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { shownValue } from '../shown-value.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';
import { saveSource } from './source-record.ts';
import { getSource, lockedSource } from './sources.ts';

/** A reference to a password policy, as it was sent. */
export interface PasswordPolicyReference {
  readonly id?: string;
  readonly name?: string | null;
}

/** The password policies of a source, and the version of the source. */
export interface SourcePasswordPolicies {
  readonly policies: readonly PasswordPolicyReference[];
  readonly version: number;
}

/** Returns the password policies of a source in their order. Throws 404. */
export async function getPasswordPolicies(database: Database, sourceId: string): Promise<SourcePasswordPolicies> {
  const { details, version } = await getSource(database, sourceId);
  return { policies: policiesIn(details), version };
}

/**
 * Replaces the password policies of a source.
 * @throws 404, 412, and 400 for a policy that is named twice
 */
export async function setPasswordPolicies(
  database: Database,
  sourceId: string,
  policies: readonly (PasswordPolicyReference & { readonly id: string })[],
  { ifMatch, context }: ChangeOptions,
): Promise<SourcePasswordPolicies> {
  refuseUnstorable(policies, '');
  const ids = new Set<string>();
  for (const { id } of policies) {
    if (ids.has(id)) {
      throw illegalValue(`Field "policyId" is ${shownValue(id)} twice. Send every policy once.`);
    }
    ids.add(id);
  }
  return database.write(async (transaction) => {
    const before = await lockedSource(transaction, sourceId);
    checkVersion(ifMatch, before.version);
    const { passwordPolicies: _replaced, ...details } = before.details;
    const passwordPolicies = policies.map(({ id, name }) => ({
      type: 'PASSWORD_POLICY',
      id,
      ...(name === undefined ? {} : { name }),
    }));
    const after = { ...before, details: policies.length === 0 ? details : { ...details, passwordPolicies } };
    const { version } = await saveSource(transaction, before, after, context, Date.now());
    return { policies, version };
  });
}

function policiesIn(details: Readonly<Record<string, unknown>>): readonly PasswordPolicyReference[] {
  return (details['passwordPolicies'] ?? []) as readonly PasswordPolicyReference[];
}
