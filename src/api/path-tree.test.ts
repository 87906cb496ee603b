import { describe, expect, test } from 'vitest';
import { longestPathPart } from './error-handler.ts';
import { PathTree } from './path-tree.ts';

function treeOf(...paths: readonly (readonly [string, string])[]): PathTree<string> {
  const tree = new PathTree<string>();
  for (const [method, path] of paths) {
    tree.add(method, path, `${method} ${path}`);
  }
  return tree;
}

describe('a tree of paths', () => {
  const tree = treeOf(
    ['GET', '/shelves/{id}'],
    ['PUT', '/shelves/{shelfId}'],
    ['GET', '/shelves/newest'],
    ['GET', '/shelves/{id}/books'],
    ['GET', '/shelves/newest/authors'],
  );

  test('finds a path under its parameters', () => {
    expect(tree.find('GET', '/shelves/7')).toBe('GET /shelves/{id}');
    expect(tree.find('GET', '/shelves/7/books/')).toBe('GET /shelves/{id}/books');
  });

  test('prefers a literal part to a parameter, and backtracks to the parameter if the literal does not match', () => {
    expect(tree.find('GET', '/shelves/newest')).toBe('GET /shelves/newest');
    expect(tree.find('PUT', '/shelves/newest')).toBe('PUT /shelves/{shelfId}');
    expect(tree.find('GET', '/shelves/newest/books')).toBe('GET /shelves/{id}/books');
  });

  test('finds nothing for other paths, empty parts and too long parts', () => {
    for (const path of ['/', '', '*', '/shelves', '/shelves//books', '/shelves/7/authors', '/shelves/7/books/1']) {
      expect(tree.find('GET', path), path).toBeUndefined();
    }
    expect(tree.find('GET', `/shelves/${'x'.repeat(longestPathPart)}`)).toBe('GET /shelves/{id}');
    expect(tree.find('GET', `/shelves/${'x'.repeat(longestPathPart + 1)}`)).toBeUndefined();
  });

  test('keeps the first value of a path, regardless of parameter names', () => {
    const twice = treeOf(['GET', '/shelves/{id}'], ['GET', '/shelves/{name}']);
    expect(twice.find('GET', '/shelves/7')).toBe('GET /shelves/{id}');
  });

  test('returns the methods of a path', () => {
    expect(tree.methodsOf('/shelves/7')).toEqual(['GET', 'PUT']);
    expect(tree.methodsOf('/shelves/newest')).toEqual(['GET', 'PUT']);
    expect(tree.methodsOf('/nothing')).toEqual([]);
  });
});
