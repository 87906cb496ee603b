import { illegalValue } from '../../errors.ts';
import type { ApprovalScheme } from '../../storage/request-config/request-config.ts';
import { shownValue } from '../shown-value.ts';
import { type ApprovalSchemeInput, mostSchemes } from './check-request-config.ts';

/** The words of the oldest families for the steps of an approval. */
const words = { entitlementOwner: 'ENTITLEMENT_OWNER', sourceOwner: 'SOURCE_OWNER', manager: 'MANAGER' } as const;
const groupPrefix = 'workgroup:';

/**
 * Parses `grantRequestApprovalSchemes` of the oldest families: steps in their order, separated by commas, such as
 * `manager, workgroup:ID`. Null and an empty text mean no steps.
 * @throws 400 for any other word
 */
export function parseGrantSchemes(text: string | null): ApprovalSchemeInput[] {
  if (text === null || text.trim() === '') {
    return [];
  }
  const steps = text.split(',', mostSchemes + 1).map((step) => step.trim());
  if (steps.length > mostSchemes) {
    throw wrong(text, `have at most ${mostSchemes} steps`);
  }
  return steps.map((step) => {
    if (step.startsWith(groupPrefix)) {
      return { approverType: 'GOVERNANCE_GROUP', approverId: step.slice(groupPrefix.length).trim() };
    }
    const known = Object.entries(words).find(([word]) => word === step);
    if (known === undefined) {
      throw wrong(text, `be a list of ${Object.keys(words).join(', ')} and ${groupPrefix}ID, separated by commas`);
    }
    return { approverType: known[1] };
  });
}

/** The opposite of `parseGrantSchemes`. No text stands for no steps. */
export function grantSchemesText(schemes: readonly ApprovalScheme[]): string | null {
  if (schemes.length === 0) {
    return null;
  }
  return schemes
    .map(
      ({ approverType, approverId = '' }) =>
        Object.entries(words).find(([, type]) => type === approverType)?.[0] ?? `${groupPrefix}${approverId}`,
    )
    .join(', ');
}

function wrong(text: string, rule: string): Error {
  return illegalValue(
    `Field "entitlementRequestConfig.grantRequestApprovalSchemes" is ${shownValue(text)}. It must ${rule}.`,
  );
}
