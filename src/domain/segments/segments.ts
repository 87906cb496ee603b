import { segmentTable } from '../../storage/segments/segments.ts';
import { newDashedId } from '../ids.ts';
import type { Resource } from '../resources/resource.ts';
import { releaseEntitlements } from './segment-references.ts';
import { checkedCriteria } from './visibility-criteria.ts';

export const segments: Resource<typeof segmentTable.columns> = {
  noun: 'segment',
  table: segmentTable,
  newId: newDashedId,
  rules: (fields) => ({
    ...fields,
    visibilityCriteria: fields.visibilityCriteria === null ? null : checkedCriteria(fields.visibilityCriteria),
  }),
  beforeDeletion: (transaction, { id }, context) => releaseEntitlements(transaction, id, context),
};
