import fc from 'fast-check';
import { allPlans } from './plans/all-plans.ts';
import type { Plan } from './plans/plan.ts';
import { Finding, type Sender } from './sender.ts';
import type { Tally } from './tally.ts';

/** The maximum number of attempts to shrink a failure. */
const attempts = 150;

/**
 * Sends generated requests one after another. The first failure of a kind is shrunk by sending smaller requests; further
 * ones are only counted, so that one bug does not hide others.
 * @param seed the seed of the requests; the same seed generates the same plans
 * @param isOver returns whether to stop
 */
export async function runLane(
  sender: Sender,
  tally: Tally,
  seed: number,
  requests: number,
  isOver: () => boolean,
): Promise<void> {
  const isDone = (): boolean => isOver() || sent >= requests;
  let sent = 0;
  for (let round = 0; !isDone(); round++) {
    let shrinks: number | undefined;
    let smallest: Finding | undefined;
    const roundSeed = seed + round * 7919;
    const property = fc.asyncProperty(allPlans, async (plan) => {
      if (isOver() || (shrinks !== undefined && --shrinks < 0)) {
        return;
      }
      sent += shrinks === undefined ? 1 : 0;
      const finding = await tryPlan(sender, plan);
      if (
        finding !== undefined &&
        (smallest !== undefined ? signatureOf(finding) === signatureOf(smallest) : !isKnown(tally, finding))
      ) {
        shrinks ??= attempts;
        smallest = finding;
        throw finding;
      }
    });
    const result = await fc.check(property, { seed: roundSeed, numRuns: requests - sent });
    if (smallest !== undefined) {
      const path = `fast-check seed ${roundSeed}, path ${result.counterexamplePath ?? ''}`;
      tally.failed({ signature: signatureOf(smallest), problem: smallest.message, request: smallest.request, path });
    }
  }
}

async function tryPlan(sender: Sender, plan: Plan): Promise<Finding | undefined> {
  try {
    await sender.send(plan);
    return undefined;
  } catch (error) {
    if (error instanceof Finding) {
      return error;
    }
    throw error;
  }
}

/** Counts a failure, and returns whether its kind is known. */
function isKnown(tally: Tally, finding: Finding): boolean {
  const signature = signatureOf(finding);
  if (!tally.failures.has(signature)) {
    return false;
  }
  tally.failed({ signature, problem: finding.message, request: finding.request, path: undefined });
  return true;
}

/** The kind of a failure: the operation, regardless of its family, and the message. */
function signatureOf({ request, message }: Finding): string {
  return `${request.title.replace(/ in \S+$/, '')}: ${message.slice(0, 60).replaceAll(/[\d]+/g, '#')}`;
}
