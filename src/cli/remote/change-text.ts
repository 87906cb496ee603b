type Fields = object | null;

/**
 * What a change changed, in one line: each field with what it was and what it is, down to the values within objects.
 * What was made or deleted is told with the fields that hold something.
 */
export function changeText(before: Fields, after: Fields): string {
  return leavesOf('', before ?? undefined, after ?? undefined)
    .flatMap((leaf) => lineOf(leaf, before !== null && after !== null))
    .join('; ');
}

/** A value by its path, as it was and as it is; undefined where it was not there. */
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

/** The values, down to those within objects. What one side has not is told in the parts of the other. */
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

/** Whether a value is told in its parts. A reference is one value. */
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
