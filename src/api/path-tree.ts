import { longestPathPart } from './error-handler.ts';

interface Node<Value> {
  readonly children: Map<string, Node<Value>>;
  readonly values: Map<string, Value>;
}

/** Paths with `{name}` for parameters, and a value for each method of a path. */
export class PathTree<Value> {
  readonly #root: Node<Value> = newNode();
  readonly #methods = new Set<string>();

  /** Adds a method of a path, unless it exists. The names of parameters are ignored. */
  add(method: string, path: string, value: Value): void {
    let node = this.#root;
    for (const part of partsOf(path)) {
      const child = node.children.get(part) ?? newNode();
      node.children.set(part, child);
      node = child;
    }
    this.#methods.add(method);
    if (!node.values.has(method)) {
      node.values.set(method, value);
    }
  }

  /** Returns the value of the matching path; literal parts take precedence over parameters, trailing slashes are ignored. */
  find(method: string, path: string): Value | undefined {
    return find(this.#root, method, partsOf(path), 0);
  }

  /** Returns the methods of the matching paths, in order. */
  methodsOf(path: string): string[] {
    return [...this.#methods].filter((method) => this.find(method, path) !== undefined).toSorted();
  }
}

function newNode<Value>(): Node<Value> {
  return { children: new Map(), values: new Map() };
}

const parameter = '{}';

function partsOf(path: string): string[] {
  const parts = path.replaceAll(/\{[^}]+\}/g, parameter).split('/');
  return parts.slice(1, parts.at(-1) === '' ? -1 : undefined);
}

function find<Value>(node: Node<Value>, method: string, parts: readonly string[], index: number): Value | undefined {
  const part = parts[index];
  if (part === undefined) {
    return node.values.get(method);
  }
  const literal = node.children.get(part);
  const found = literal === undefined ? undefined : find(literal, method, parts, index + 1);
  if (found !== undefined || part === '' || part.length > longestPathPart) {
    return found;
  }
  const any = node.children.get(parameter);
  return any === undefined ? undefined : find(any, method, parts, index + 1);
}
