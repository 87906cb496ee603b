import type { Plan, WireRequest } from './plans/plan.ts';

/** A failure, with the request that caused it. */
export interface Failure {
  readonly signature: string;
  readonly problem: string;
  readonly request: WireRequest | undefined;
  /** How to reproduce the request with fast-check; undefined for failures without a request. */
  readonly path: string | undefined;
}

interface Group {
  requests: number;
  /** By their first digit; 0: closed without a response, which is allowed for invalid HTTP. */
  readonly classes: number[];
  slowest: number;
}

/** The requests, responses and failures of a run. */
export class Tally {
  readonly groups = new Map<string, Group>();
  readonly titles = new Map<string, number>();
  readonly failures = new Map<string, Failure & { times: number }>();
  slowest = { milliseconds: 0, title: '' };
  /** Responses that were late once, but not when the request was repeated alone. */
  slowOnce = 0;
  /** Requests that were repeated because the server had closed the idle connection before it received them. */
  resent = 0;
  tasks = 0;
  requests = 0;

  answered(plan: Plan, status: number, milliseconds: number): void {
    const group = this.groups.get(plan.group) ?? { requests: 0, classes: [0, 0, 0, 0, 0, 0], slowest: 0 };
    this.groups.set(plan.group, group);
    const digit = Math.floor(status / 100);
    group.requests += 1;
    group.classes[digit] = (group.classes[digit] ?? 0) + 1;
    group.slowest = Math.max(group.slowest, milliseconds);
    this.requests += 1;
    if (digit === 2 && plan.isOfOperation === true) {
      this.titles.set(plan.title, (this.titles.get(plan.title) ?? 0) + 1);
    }
    if (milliseconds > this.slowest.milliseconds) {
      this.slowest = { milliseconds, title: plan.title };
    }
  }

  /** Returns whether it is the first failure of its kind. */
  failed(failure: Failure): boolean {
    const before = this.failures.get(failure.signature);
    if (before !== undefined) {
      before.times += 1;
      return false;
    }
    this.failures.set(failure.signature, { ...failure, times: 1 });
    return true;
  }
}
