type Fields = object | null;

/**
 * What a change changed, in one line: each field with what it was and what it is, down to the values within objects.
 * What was made or deleted is told with the fields that hold something.
 */
export function changeText(before: Fields, after: Fields): string {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .flatMap((name) => lineOf(name, old.get(name), now.get(name), before !== null && after !== null))
    .join('; ');
}

function lineOf(name: string, old: string | undefined, now: string | undefined, isUpdate: boolean): readonly string[] {
  if (isUpdate) {
    return old === now ? [] : [`${name}: ${old ?? 'null'} → ${now ?? 'null'}`];
  }
  const only = now ?? old ?? 'null';
  return ['null', '[]', '{}'].includes(only) ? [] : [`${name}: ${only}`];
}

/** The values of an object by their paths, as text. A reference is one value. */
function leavesOf(fields: Fields): Map<string, string> {
  const leaves = new Map<string, string>();
  const add = (path: string, value: unknown): void => {
    if (!isObject(value) || isReference(value) || Object.keys(value).length === 0) {
      leaves.set(path, textOf(value));
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      add(`${path}.${name}`, inner);
    }
  };
  for (const [name, value] of Object.entries(fields ?? {})) {
    add(name, value);
  }
  return leaves;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isReference(value: object): value is { type: string; id: string; name?: unknown } {
  return 'type' in value && typeof value.type === 'string' && 'id' in value && typeof value.id === 'string';
}

function textOf(value: unknown): string {
  if (isObject(value) && isReference(value)) {
    return typeof value.name === 'string' ? JSON.stringify(value.name) : value.id;
  }
  return JSON.stringify(value);
}
