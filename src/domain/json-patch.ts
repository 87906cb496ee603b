/**
 * JSON Patch (RFC 6902) over JSON Pointer (RFC 6901).
 *
 * Only own properties are members, whatever their name, so `__proto__` or `constructor` in a path reaches only a member
 * of that name. The package rfc6902 resolves inherited properties and accepts any text as an array index, so it is used
 * only in tests.
 */
import { isDeepStrictEqual } from 'node:util';
import { listed, shortened } from '../error-text.ts';
import { badRequestContent, illegalValue, type MunimentError } from '../errors.ts';
import { parsePointer, printPointer } from './json-pointer.ts';
import { deepestValue, isTooDeep, shownValue } from './shown-value.ts';

const operators = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
type Operator = (typeof operators)[number];

/** The most operations of one patch. */
const mostOperations = 1000;
/** The limit of the characters of JSON that the `copy` operations of a patch add: copies of copies grow exponentially. */
const largestCopies = 500_000;

interface Operation {
  readonly op: Operator;
  readonly path: readonly string[];
  readonly from: readonly string[];
  readonly value: unknown;
}

/** The state of one patch. The document is a member of a root, so that it can be replaced itself. */
interface State {
  readonly root: { document: unknown };
  readonly nullableArrays: readonly string[];
  copied: number;
}

/** Why an operation fails; becomes a 400 that identifies the operation. */
class Refusal extends Error {}

/**
 * Applies a JSON Patch and returns the patched document. The given document is not modified, so a patch is applied
 * entirely or not at all. A missing `value` is null (contract C.2). The result is not validated.
 *
 * @param document plain JSON
 * @param operations as received, unchecked; at most 1000
 * @param nullableArrays pointers to arrays that may be null, for which `add …/-` creates an array
 * @throws 400 naming the operation by its index from 0, its op and path, and the reason; for a failed `test` too
 */
export function applyPatch<T>(document: T, operations: readonly unknown[], nullableArrays: readonly string[] = []): T {
  const state: State = { root: { document: cloned(document) }, nullableArrays, copied: 0 };
  forEachOperation(operations, (received) => apply(state, read(received)));
  return state.root.document as T;
}

/** Throws a 400 for the first operation that can be applied to no document, whatever it contains. */
export function refuseMalformed(operations: readonly unknown[]): void {
  forEachOperation(operations, read);
}

function forEachOperation(operations: readonly unknown[], work: (received: unknown) => void): void {
  if (operations.length > mostOperations) {
    throw illegalValue(`The patch has ${operations.length} operations. At most ${mostOperations} are allowed.`);
  }
  operations.forEach((received, index) => {
    try {
      work(received);
    } catch (error) {
      throw error instanceof Refusal ? explain(error, received, index) : error;
    }
  });
}

function read(received: unknown): Operation {
  if (!isObject(received)) {
    throw new Refusal('an operation is an object such as {"op":"replace","path":"/name","value":"New"}.');
  }
  const op = operators.find((name) => name === received['op']);
  if (op === undefined) {
    throw new Refusal(`"op" must be one of ${operators.join(', ')}.`);
  }
  const value = Object.hasOwn(received, 'value') ? received['value'] : null;
  refuseDepth(value);
  const usesFrom = op === 'move' || op === 'copy';
  return { op, path: pointerOf(received, 'path'), from: usesFrom ? pointerOf(received, 'from') : [], value };
}

function pointerOf(received: Record<string, unknown>, member: 'path' | 'from'): readonly string[] {
  const text = received[member];
  const tokens = typeof text === 'string' ? parsePointer(text) : undefined;
  if (tokens === undefined) {
    throw new Refusal(
      `"${member}" is ${shownValue(text)}. It must be a JSON Pointer: a string that begins with "/", e.g. "/name", with ~1 for "/" and ~0 for "~" in names.`,
    );
  }
  if (tokens.length > deepestValue) {
    throw new Refusal(`"${member}" has ${tokens.length} levels. At most ${deepestValue} are allowed.`);
  }
  return tokens;
}

function apply(state: State, { op, path, from, value }: Operation): void {
  switch (op) {
    case 'add':
      beginArray(state, path);
      return add(state, path, cloned(value));
    case 'remove':
      remove(state, path);
      return;
    case 'replace':
      find(state, path);
      return put(state, path, cloned(value));
    case 'move': {
      if (from.length < path.length && from.every((token, level) => token === path[level])) {
        throw new Refusal(`"${shortened(printPointer(from))}" cannot be moved into itself.`);
      }
      return from.length === path.length && from.every((token, level) => token === path[level])
        ? void find(state, from)
        : add(state, path, remove(state, from));
    }
    case 'copy':
      return add(state, path, copyOf(state, from));
    case 'test':
      return test(find(state, path), value);
  }
}

/** Adds a member or inserts an item (RFC 6902 §4.1). */
function add(state: State, path: readonly string[], value: unknown): void {
  const { parent, key } = place(state, path);
  if (Array.isArray(parent)) {
    parent.splice(key === '-' ? parent.length : indexIn(parent, path, key, parent.length), 0, value);
  } else {
    setMember(parent, key, value);
  }
}

/** Replaces an existing value. */
function put(state: State, path: readonly string[], value: unknown): void {
  const { parent, key } = place(state, path);
  if (Array.isArray(parent)) {
    parent[Number(key)] = value;
  } else {
    setMember(parent, key, value);
  }
}

/** Removes the value at the path and returns it (RFC 6902 §4.2). */
function remove(state: State, path: readonly string[]): unknown {
  if (path.length === 0) {
    throw new Refusal('the whole document cannot be removed or moved.');
  }
  const value = find(state, path);
  const { parent, key } = place(state, path);
  if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
  } else {
    delete parent[key];
  }
  return value;
}

function copyOf(state: State, from: readonly string[]): unknown {
  const value = find(state, from);
  state.copied += JSON.stringify(value).length;
  if (state.copied > largestCopies) {
    throw new Refusal(`the copies of this patch have more than ${largestCopies} characters in total.`);
  }
  refuseDepth(value);
  return cloned(value);
}

function test(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(cloned(found), cloned(expected))) {
    throw new Refusal(`the test failed: the value is ${shownValue(found)}, not ${shownValue(expected)}.`);
  }
}

/** A deep copy. Normalises -0, which JSON does not have, to 0. Takes half the time of `structuredClone`. */
function cloned<T>(value: T): T {
  return isObject(value) || Array.isArray(value) || Object.is(value, -0) ? JSON.parse(JSON.stringify(value)) : value;
}

function beginArray(state: State, path: readonly string[]): void {
  const array = path.slice(0, -1);
  if (path.at(-1) === '-' && state.nullableArrays.includes(printPointer(array)) && find(state, array) === null) {
    put(state, array, []);
  }
}

/** The object or array that contains the last step of the path. */
function place(state: State, path: readonly string[]): { parent: Record<string, unknown> | unknown[]; key: string } {
  const key = path.at(-1);
  if (key === undefined) {
    return { parent: state.root, key: 'document' };
  }
  const parent = find(state, path.slice(0, -1));
  if (!Array.isArray(parent) && !isObject(parent)) {
    throw noMembers(path, path.length - 1, parent);
  }
  return { parent, key };
}

/** The value at the path, which must exist. */
function find(state: State, path: readonly string[]): unknown {
  let value = state.root.document;
  path.forEach((token, level) => {
    if (Array.isArray(value)) {
      value = value[indexIn(value, path.slice(0, level + 1), token, value.length - 1)];
    } else if (!isObject(value)) {
      throw noMembers(path, level, value);
    } else if (Object.hasOwn(value, token)) {
      value = value[token];
    } else {
      const names = listed(Object.keys(value));
      throw new Refusal(
        `${named(path.slice(0, level))} has no member ${shownValue(token)}. Its members are ${names || 'none'}.`,
      );
    }
  });
  return value;
}

function indexIn(array: readonly unknown[], path: readonly string[], token: string, last: number): number {
  const index = /^(0|[1-9]\d*)$/.test(token) ? Number(token) : -1;
  if (index < 0 || index > last) {
    const allowed = last < 0 ? 'It is empty' : `The index must be ${last === 0 ? '0' : `0 to ${last}`}`;
    const items = `${array.length} ${array.length === 1 ? 'item' : 'items'}`;
    throw new Refusal(
      `${named(path.slice(0, -1))} is an array of ${items} and has no index ${shownValue(token)}. ${allowed}; add with "-" appends.`,
    );
  }
  return index;
}

function noMembers(path: readonly string[], level: number, value: unknown): Refusal {
  return new Refusal(
    `${named(path.slice(0, level))} is ${shownValue(value)} and has no member ${shownValue(path[level])}.`,
  );
}

/** Defines the member: an assignment to `__proto__` would change the object's prototype instead. */
function setMember(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseDepth(value: unknown): void {
  if (isTooDeep(value)) {
    throw new Refusal(`the value has more than ${deepestValue} levels.`);
  }
}

function named(path: readonly string[]): string {
  return path.length === 0 ? 'The document' : `"${shortened(printPointer(path))}"`;
}

function explain(refusal: Refusal, received: unknown, index: number): MunimentError {
  const { op, path } = isObject(received) ? received : { op: undefined, path: undefined };
  const which = isObject(received) ? `op ${shownValue(op)}, path ${shownValue(path)}` : shownValue(received);
  const text = `Patch operation [${index}] (${which}): ${refusal.message}`;
  return op === 'test' ? badRequestContent(text) : illegalValue(text);
}
