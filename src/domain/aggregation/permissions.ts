/** A permission in the contract's form: rights on a target. */
export interface Permission {
  readonly rights: readonly string[];
  readonly target: string;
}

/**
 * Parses the cells of a permissions column. A cell is `TARGET|RIGHT,RIGHT`, or JSON: one
 * `{"target": …, "rights": […]}` or an array of them. The rights of one target are merged in order.
 */
export function parsePermissions(
  cells: readonly string[],
): { readonly permissions: readonly Permission[] } | { readonly problem: string } {
  const rightsByTarget = new Map<string, Set<string>>();
  for (const cell of cells) {
    const permissions = /^\s*[[{]/.test(cell) ? fromJson(cell) : fromShortForm(cell);
    if (permissions === undefined) {
      return {
        problem: `the permission ${JSON.stringify(cell.slice(0, 100))} is neither TARGET|RIGHT,RIGHT nor {"target":"…","rights":["…"]}`,
      };
    }
    for (const { target, rights } of permissions) {
      const known = rightsByTarget.get(target) ?? new Set();
      rightsByTarget.set(target, known);
      for (const right of rights) {
        known.add(right);
      }
    }
  }
  return { permissions: [...rightsByTarget].map(([target, rights]) => ({ rights: [...rights], target })) };
}

function fromShortForm(cell: string): Permission[] | undefined {
  const separator = cell.lastIndexOf('|');
  const target = cell.slice(0, separator).trim();
  const rights = cell
    .slice(separator + 1)
    .split(',')
    .map((right) => right.trim());
  return separator < 0 || target === '' || rights.includes('') ? undefined : [{ target, rights }];
}

function fromJson(cell: string): Permission[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(cell);
  } catch {
    // Not JSON: the caller reports the cell.
    return undefined;
  }
  const permissions = Array.isArray(parsed) ? parsed : [parsed];
  return permissions.every(isPermission) ? permissions : undefined;
}

function isPermission(value: unknown): value is Permission {
  if (typeof value !== 'object' || value === null || !('target' in value) || !('rights' in value)) {
    return false;
  }
  const { target, rights } = value;
  return typeof target === 'string' && Array.isArray(rights) && rights.every((right) => typeof right === 'string');
}
