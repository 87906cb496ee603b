/**
 * What a JSON value may be, flattened: by path (`[].owner.id`, `.attributes.*`) the JSON types it may have there, and
 * `undefined` when it may be absent.
 */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

type Json = Readonly<Record<string, unknown>>;

/** Flattens a JSON schema of OpenAPI 3.0 or 3.1. `document` resolves its references; a recursion ends where it begins. */
export function shapeOf(schema: unknown, document: object): Shape {
  const shape = new Map<string, Set<string>>();
  walk(schema as Json, '', []);
  return shape;

  function add(path: string, ...types: readonly string[]): void {
    const known = shape.get(path) ?? new Set();
    shape.set(path, new Set([...known, ...types]));
  }

  function walk(node: Json, path: string, within: readonly string[]): void {
    const reference = node['$ref'];
    if (typeof reference === 'string') {
      if (within.includes(reference)) {
        add(path, 'recursive');
      } else {
        walk(resolve(reference, document), path, [...within, reference]);
      }
      return;
    }
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (node[key] ?? []) as Json[]);
    for (const part of parts) {
      walk(part, path, within);
    }
    const types = typesOf(node);
    // The contract has values that are no arrays and still have `items`.
    const isArray = types.includes('array');
    add(path, ...(types.length === 0 && parts.length === 0 ? ['any'] : types));
    for (const [name, property] of Object.entries((node['properties'] ?? {}) as Json)) {
      walk(property as Json, `${path}.${name}`, within);
      if (!((node['required'] ?? []) as string[]).includes(name)) {
        add(`${path}.${name}`, 'undefined');
      }
    }
    if (isArray && node['items'] !== undefined) {
      walk(node['items'] as Json, `${path}[]`, within);
    }
    const others = node['additionalProperties'];
    if (typeof others === 'object' && others !== null) {
      walk(others as Json, `${path}.*`, within);
    }
  }
}

function typesOf(node: Json): string[] {
  const declared = [node['type'] ?? []].flat() as string[];
  const values = [node['enum'] ?? [], 'const' in node ? node['const'] : []].flat();
  const implied = [
    ...(node['properties'] === undefined ? [] : ['object']),
    ...(node['items'] === undefined || declared.length > 0 ? [] : ['array']),
    ...(declared.length > 0 ? [] : values.map((value) => (value === null ? 'null' : typeof value))),
  ];
  const nullable = node['nullable'] === true || values.includes(null) ? ['null'] : [];
  return [...declared.map((type) => (type === 'integer' ? 'number' : type)), ...implied, ...nullable];
}

/** What `#/a/b` refers to in a document. */
export function resolve(reference: string, document: object): Json {
  const found = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Json)[key.replaceAll('~1', '/')], document);
  return found as Json;
}

/** How the first shape differs from the contract's, one line each, at the highest path where it does. */
export function compareShapes(own: Shape, contract: Shape): string[] {
  const findings: string[] = [];
  for (const [path, types] of contract) {
    if (!own.has(path)) {
      const parent = parentOf(path);
      if (own.has(parent)) {
        findings.push(`response ${path}: missing`);
      }
    } else if (!types.has('any')) {
      const more = [...(own.get(path) ?? [])].filter((type) => !types.has(type));
      if (more.length > 0) {
        findings.push(
          `response ${path}: may be ${more.toSorted().join(', ')}; the contract has ${[...types].join(', ')}`,
        );
      }
    }
  }
  for (const path of own.keys()) {
    const parent = parentOf(path);
    if (!contract.has(path) && contract.has(parent) && !isFree(contract, parent)) {
      findings.push(`response ${path}: not in the contract`);
    }
  }
  return findings;
}

/** Whether the contract says nothing of what is inside. */
function isFree(shape: Shape, path: string): boolean {
  const types = shape.get(path) ?? new Set();
  const hasMembers = [...shape.keys()].some(
    (other) => other !== path && parentOf(other) === path && other !== `${path}.*`,
  );
  return types.has('any') || types.has('recursive') || (types.has('object') && !hasMembers);
}

function parentOf(path: string): string {
  return path.replace(/(\[\]|\.[^.[]+)$/, '');
}
