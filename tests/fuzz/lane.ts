import fc from 'fast-check';
import { allPlans } from './plans/all-plans.ts';
import type { Plan } from './plans/plan.ts';
import { Finding, type Sender } from './sender.ts';
import type { Tally } from './tally.ts';

/** A failure is made smaller by so many attempts at most. */
const attempts = 150;

/**
 * Sends generated requests one after the other. What fails for the first time is shrunk by sending smaller requests;
 * what is known to fail is counted and passed over, so that one fault does not hide the others.
 * @param seed of the requests; the same seed gives the same plans
 * @param isOver whether there is no use in going on
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

/** Counts a failure of a known kind. */
function isKnown(tally: Tally, finding: Finding): boolean {
  const signature = signatureOf(finding);
  if (!tally.failures.has(signature)) {
    return false;
  }
  tally.failed({ signature, problem: finding.message, request: finding.request, path: undefined });
  return true;
}

/** Failures of one kind: the same operation, whatever its family, and the same words. */
function signatureOf({ request, message }: Finding): string {
  return `${request.title.replace(/ in \S+$/, '')}: ${message.slice(0, 60).replaceAll(/[\d]+/g, '#')}`;
}
