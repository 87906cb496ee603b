import { segmentTable } from '../../storage/segments/segments.ts';
import { newDashedId } from '../ids.ts';
import type { Resource } from '../resources/resource.ts';
import { refuseUnknownAttributes } from './criteria-attributes.ts';
import { releaseEntitlements } from './segment-references.ts';
import { checkedCriteria, refuseBlankValues } from './visibility-criteria.ts';

export const segments: Resource<typeof segmentTable.columns> = {
  noun: 'segment',
  table: segmentTable,
  newId: newDashedId,
  rules: async (fields, before, transaction) => {
    if (fields.visibilityCriteria === null) {
      return fields;
    }
    const visibilityCriteria = checkedCriteria(fields.visibilityCriteria);
    refuseBlankValues(visibilityCriteria, before?.visibilityCriteria);
    await refuseUnknownAttributes(transaction, visibilityCriteria, before?.visibilityCriteria);
    return { ...fields, visibilityCriteria };
  },
  beforeDeletion: (transaction, { id }, context) => releaseEntitlements(transaction, id, context),
};
