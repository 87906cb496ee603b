import { describe, expect, test } from 'vitest';
import { contractOperations } from '../../src/api/contract/contract-operations.ts';
import { contractLayouts, type Family, type FamilyLayout } from '../../src/api/families.ts';
import type { Operation } from '../../src/api/operation.ts';
import { operations } from '../../src/api/operations.ts';
import { findingsOf } from './contract/compare.ts';
import { hasReference, referenceOperations } from './contract/reference.ts';
import { type Difference, differences } from './differences.ts';

interface Finding {
  readonly operation: string;
  readonly family: Family;
  readonly text: string;
}

function findings(operation: Operation, family: FamilyLayout): Finding[] {
  return findingsOf(operation, family).map((text) => ({
    operation: operation.operationId,
    family: family.name,
    text,
  }));
}

/** One line of a difference, for one of its operations and families. */
interface Claim {
  readonly operation: string | undefined;
  readonly family: Family | undefined;
  readonly finding: string;
}

const claims: readonly Claim[] = differences.flatMap((difference: Difference) =>
  difference.findings.flatMap((finding) =>
    (difference.operations ?? [undefined]).flatMap((operation) =>
      (difference.families ?? [undefined]).map((family) => ({ operation, family, finding })),
    ),
  ),
);

function explains(claim: Claim, { operation, family, text }: Finding): boolean {
  const pattern = claim.finding.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return (
    (claim.operation === undefined || claim.operation === operation) &&
    (claim.family === undefined || claim.family === family) &&
    new RegExp(`^${pattern.join('.*')}$`).test(text)
  );
}

describe.runIf(hasReference)('the operations and the published contract', () => {
  // Vitest runs this body even if the tests are skipped.
  const all = (hasReference ? contractLayouts : []).flatMap((family) =>
    operations
      .filter((operation) => operation.families.includes(family.name))
      .flatMap((operation) => findings(operation, family)),
  );

  test('differ only as listed in tests/guards/differences.ts', () => {
    const unexplained = all.filter((finding) => !claims.some((claim) => explains(claim, finding)));
    expect(unexplained.map(({ operation, family, text }) => `${operation} in ${family}: ${text}`)).toEqual([]);
  });

  test('differ in everything listed in tests/guards/differences.ts', () => {
    const stale = claims.filter((claim) => !all.some((finding) => explains(claim, finding)));
    expect(stale).toEqual([]);
  });

  test.each(contractLayouts)('have the same names and paths in $name, served or not', (family) => {
    const prefix = family.urlPath('');
    const own = contractOperations()
      .filter((operation) => operation.family === family.name)
      .map(({ method, url, operationId }) => [`${method} ${url.slice(prefix.length)}`, operationId] as const);
    expect(new Map(own)).toEqual(referenceOperations(family.name));
  });
});

describe.runIf(!hasReference)('the operations and the published contract', () => {
  test('skipped: the reference documents are missing (MUNIMENT_REFERENCE_DIR)', ({ skip }) => {
    expect(hasReference).toBe(false);
    skip('the reference documents are not here');
  });
});
