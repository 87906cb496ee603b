import type { Family } from '../../src/api/families.ts';

/** One way in which served operations differ from the published contract on purpose. */
export interface Difference {
  /** The operations' names (those of their files, as operationIds); absent: whichever has it. */
  readonly operations?: readonly string[];
  /** The families; absent: whichever has it. */
  readonly families?: readonly Family[];
  /** The comparison's line about it; `*` stands for any text. */
  readonly finding: string;
  readonly reason: string;
}

/**
 * Every deliberate difference from the contract. The comparison fails for one that does not stand here, and for one
 * that stands here and does not exist any more.
 */
export const differences: readonly Difference[] = [
  {
    operations: ['importEntitlements', 'importEntitlementsBySource'],
    finding: 'response .name: not in the contract',
    reason: 'The other load operations call the name of a task `name`, this one `uniqueName`: it stands under both.',
  },
  {
    operations: ['getTaskStatus', 'getTaskStatusList'],
    finding: 'response *.taskDefinitionSummary: missing',
    reason:
      'Describes a definition of the task inside ISC, which nothing corresponds to here; the contract does not require it.',
  },
];
