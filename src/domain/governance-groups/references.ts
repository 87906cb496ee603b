import { findReferencedGroups } from '../../storage/governance-groups/group-references.ts';
import type { Referenced } from '../resources/identity-references.ts';

/**
 * Governance groups as the objects of references: with `checkReferences`, the check of owners, additional owners and
 * approvers. What stores such a reference adds itself to `findUse`, so that a group in use is not deleted.
 */
export const referencedGroups: Referenced = { noun: 'governance group', find: findReferencedGroups };
