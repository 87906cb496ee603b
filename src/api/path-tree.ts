import { longestPathPart } from './error-handler.ts';

interface Node<Value> {
  readonly children: Map<string, Node<Value>>;
  readonly values: Map<string, Value>;
}

/** Paths with `{name}` for parameters, and a value for each of their methods. */
export class PathTree<Value> {
  readonly #root: Node<Value> = newNode();
  readonly #methods = new Set<string>();

  /** Adds a method of a path, unless it is there. The names of parameters do not matter. */
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

  /** The value of the path that matches; literal parts go before parameters, trailing slashes do not count. */
  find(method: string, path: string): Value | undefined {
    return find(this.#root, method, partsOf(path), 0);
  }

  /** The methods under which a path matches, in order. */
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
