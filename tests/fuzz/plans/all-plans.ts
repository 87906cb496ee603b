import fc from 'fast-check';
import { operationPlans } from './operation-plans.ts';
import { brokenPlans, documentPlans, tokenPlans, unknownPaths, unservedPlans } from './other-plans.ts';
import type { Plan } from './plan.ts';

/** All requests of a run, weighted by their frequency. */
export const allPlans: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 84, arbitrary: operationPlans },
  { weight: 4, arbitrary: unservedPlans },
  { weight: 3, arbitrary: unknownPaths },
  { weight: 2, arbitrary: documentPlans },
  { weight: 4, arbitrary: tokenPlans },
  { weight: 3, arbitrary: brokenPlans },
);
