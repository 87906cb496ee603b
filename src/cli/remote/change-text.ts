type Fields = object | null;

/**
 * Describes a change in one line: each changed field with its old and its new value, down to values in nested objects.
 * A creation or deletion is described by its non-empty fields.
 */
export function changeText(before: Fields, after: Fields): string {
  return leavesOf('', before ?? undefined, after ?? undefined)
    .flatMap((leaf) => lineOf(leaf, before !== null && after !== null))
    .join('; ');
}

/** The old and the new value at a path; undefined if absent. */
interface Leaf {
  readonly path: string;
  readonly old: unknown;
  readonly now: unknown;
}

function lineOf({ path, old, now }: Leaf, isUpdate: boolean): readonly string[] {
  if (isUpdate) {
    const texts = [old, now].map((value) => textOf(value ?? null));
    return texts[0] === texts[1] ? [] : [`${path}: ${texts.join(' → ')}`];
  }
  const only = textOf(now ?? old ?? null);
  return ['null', '[]', '{}'].includes(only) ? [] : [`${path}: ${only}`];
}

/** Returns the values, down to those in nested objects. If one side is absent, the structure of the other is used. */
function leavesOf(path: string, old: unknown, now: unknown): readonly Leaf[] {
  const sides = [old, now].filter((value) => value !== undefined);
  if (!sides.every(isDivisible)) {
    return [{ path, old, now }];
  }
  const names = new Set(sides.flatMap((value) => Object.keys(value)));
  return [...names].flatMap((name) =>
    leavesOf(path === '' ? name : `${path}.${name}`, memberOf(old, name), memberOf(now, name)),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Returns whether a value is described by its members. A reference is a single value. */
function isDivisible(value: unknown): value is object {
  return isObject(value) && !isReference(value) && Object.keys(value).length > 0;
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
