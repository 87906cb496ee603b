import { optionalIdentity, recordTable, sortableText, text } from '../resources/record-table.ts';

export const governanceGroupTable = recordTable('governance_group', 'GOVERNANCE_GROUP', {
  name: text,
  description: sortableText,
  owner: optionalIdentity,
});
