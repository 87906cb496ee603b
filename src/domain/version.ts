import { preconditionFailed } from '../errors.ts';

/** Throws 412 if the caller sent a version other than the current one (RFC 9110 §13.1.1). */
export function checkVersion(expected: number | undefined, current: number): void {
  if (expected !== undefined && expected !== current) {
    throw preconditionFailed(`"${expected}"`, `"${current}"`);
  }
}
