import fc from 'fast-check';
import { createPatch } from 'rfc6902';
import { describe, expect, test } from 'vitest';
import { MunimentError } from '../errors.ts';
import { applyPatch } from './json-patch.ts';
import { parsePointer, printPointer } from './json-pointer.ts';

function refusal(document: unknown, operations: readonly unknown[]): string {
  try {
    applyPatch(document, operations);
  } catch (error) {
    if (error instanceof MunimentError && error.status === 400) {
      return error.message;
    }
    throw error;
  }
  throw new Error('The patch was accepted.');
}

describe('the examples of RFC 6902, appendix A', () => {
  test.each<[string, unknown, unknown[], unknown]>([
    ['A.1', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    ['A.2', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['A.3', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['A.4', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['A.5', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
    [
      'A.6',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.8',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    [
      'A.10',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    ['A.11', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }], { foo: 'bar', baz: 'qux' }],
    ['A.14', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'A.16',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
      { foo: ['bar', ['abc', 'def']] },
    ],
  ])('%s', (_title, document, operations, expected) => {
    expect(applyPatch(document, operations)).toEqual(expected);
  });

  test.each<[string, unknown, unknown]>([
    ['A.9', { baz: 'qux' }, { op: 'test', path: '/baz', value: 'bar' }],
    ['A.12', { foo: 'bar' }, { op: 'add', path: '/baz/bat', value: 'qux' }],
    ['A.15', { '/': 9, '~1': 10 }, { op: 'test', path: '/~01', value: '10' }],
  ])('%s is rejected', (_title, document, operation) => {
    expect(refusal(document, [operation])).toContain('Patch operation [0]');
  });
});

describe('cases that the appendix does not cover', () => {
  test.each<[string, unknown, unknown[], unknown]>([
    ['a missing value is null', { owner: { id: '1' } }, [{ op: 'replace', path: '/owner' }], { owner: null }],
    ['the whole document can be replaced', { a: 1 }, [{ op: 'replace', path: '', value: [1] }], [1]],
    [
      'a copy is independent',
      { a: [1] },
      [
        { op: 'copy', from: '/a', path: '/b' },
        { op: 'add', path: '/b/-', value: 2 },
      ],
      { a: [1], b: [1, 2] },
    ],
    ['a move to itself changes nothing', { a: [1] }, [{ op: 'move', from: '/a', path: '/a' }], { a: [1] }],
    [
      'the order of members does not matter',
      { a: { b: 1, c: 2 } },
      [{ op: 'test', path: '/a', value: { c: 2, b: 1 } }],
      { a: { b: 1, c: 2 } },
    ],
    ['0 equals -0', { a: 0 }, [{ op: 'test', path: '/a', value: -0 }], { a: 0 }],
    ['an empty name is a name', { '': 1 }, [{ op: 'replace', path: '/', value: 2 }], { '': 2 }],
  ])('%s', (_title, document, operations, expected) => {
    expect(applyPatch(document, operations)).toEqual(expected);
  });

  test('add to a null array creates the array if the caller allows it', () => {
    const operations = [{ op: 'add', path: '/segments/-', value: 'a' }];
    expect(applyPatch({ segments: null }, operations, ['/segments'])).toEqual({ segments: ['a'] });
    expect(refusal({ segments: null }, operations)).toContain('"/segments" is null');
  });

  test.each<[string, unknown, string]>([
    ['no object', 7, 'Patch operation [0] (7): an operation is an object'],
    ['unknown op', { op: 'set', path: '/a' }, '(op "set", path "/a"): "op" must be one of add, remove'],
    ['no path', { op: 'add', value: 1 }, '"path" is missing. It must be a JSON Pointer'],
    ['a path without a slash', { op: 'add', path: 'a' }, '"path" is "a"'],
    ['a wrong escape', { op: 'add', path: '/a~2' }, '"path" is "/a~2"'],
    ['move without from', { op: 'move', path: '/b' }, '"from" is missing'],
    [
      'a missing member',
      { op: 'replace', path: '/o/nme', value: 1 },
      '"/o" has no member "nme". Its members are name.',
    ],
    ['a member of a string', { op: 'add', path: '/s/x', value: 1 }, '"/s" is "text" and has no member "x"'],
    ['an inherited member', { op: 'test', path: '/toString' }, 'The document has no member "toString"'],
    ['a prototype', { op: 'add', path: '/__proto__/x', value: 1 }, 'The document has no member "__proto__"'],
    ['a constructor', { op: 'add', path: '/constructor/prototype/x', value: 1 }, 'has no member "constructor"'],
    [
      'the length of an array',
      { op: 'replace', path: '/a/length', value: 0 },
      '"/a" is an array of 2 items and has no index "length"',
    ],
    ['the position after the end of an array', { op: 'replace', path: '/a/-', value: 0 }, 'The index must be 0 to 1'],
    ['a leading zero', { op: 'remove', path: '/a/01' }, 'has no index "01"'],
    ['an index beyond the end', { op: 'add', path: '/a/3', value: 0 }, 'The index must be 0 to 2'],
    ['an index that is too large after the move', { op: 'move', from: '/a/0', path: '/a/2' }, 'has no index "2"'],
    ['a move into itself', { op: 'move', from: '/o', path: '/o/x' }, '"/o" cannot be moved into itself'],
    ['removing the whole document', { op: 'remove', path: '' }, 'the whole document cannot be removed'],
    ['a failed test', { op: 'test', path: '/s', value: 'other' }, 'the test failed: the value is "text", not "other"'],
  ])('%s is rejected', (_title, operation, reason) => {
    expect(refusal({ a: [1, 2], o: { name: 1 }, s: 'text' }, [operation])).toContain(reason);
  });

  test('a member may be named __proto__; no prototype changes', () => {
    const patched = applyPatch<object>({}, [JSON.parse('{"op":"add","path":"/__proto__","value":{"x":1}}')]);
    expect(Object.keys(patched)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(patched)).toBe(Object.prototype);
    expect('x' in {}).toBe(false);
  });

  test('the limits', () => {
    const operations = Array.from({ length: 1001 }, () => ({ op: 'test', path: '/a', value: 1 }));
    expect(applyPatch({ a: 1 }, operations.slice(1))).toEqual({ a: 1 });
    expect(refusal({ a: 1 }, operations)).toContain('The patch has 1001 operations. At most 1000');
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
    expect(refusal({}, [{ op: 'add', path: '/a', value: deep }])).toContain('the value has more than 64 levels');
    expect(refusal({}, [{ op: deep, path: deep }])).toContain('"op" must be');
    expect(refusal({}, [deep])).toContain('an operation is an object');
    const doubling = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }));
    expect(refusal({ a: [1] }, doubling)).toMatch(/levels|characters in total/);
    const copies = Array.from({ length: 100 }, (_, index) => ({ op: 'copy', from: '/a', path: `/b${index}` }));
    expect(refusal({ a: 'x'.repeat(100_000) }, copies)).toContain('500000 characters in total');
  });
});

const json = fc.jsonValue({ maxDepth: 4 });

describe('properties', () => {
  test('a patch between two documents yields the second and does not modify the first', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), fc.dictionary(fc.string(), json), (from, to) => {
        // The package's handling of members with such names is not tested here.
        const [before, after] = [plain(from), plain(to)];
        const patch = createPatch(before, after);
        fc.pre(patch.every(({ path }) => !/\/(__proto__|constructor|prototype)(\/|$)/.test(path)));
        const kept = structuredClone(before);
        expect(applyPatch<unknown>(before, patch)).toEqual(after);
        expect(before).toEqual(kept);
      }),
    );
  });

  test('a patch with one impossible operation changes nothing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), json, (document, value) => {
        const before = plain(document);
        const kept = structuredClone(before);
        refusal(before, [
          { op: 'add', path: '/new', value },
          { op: 'test', path: '/new', value: { not: [value] } },
        ]);
        expect(before).toEqual(kept);
      }),
    );
  });

  test('any operation either succeeds or throws a 400', () => {
    const token = fc.constantFrom('a', '0', '1', '-', '__proto__', 'constructor', 'length', '~0', '~', '');
    const path = fc.array(token, { maxLength: 4 }).map((tokens) => tokens.map((part) => `/${part}`).join(''));
    const op = fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'Add', null);
    const operation = fc.record({ op, path, from: path, value: json }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 6 }), (operations) => {
        const document = { a: [{ a: 1 }, [1, 'a']], '': null, '~': { '0': 'x' } };
        const kept = structuredClone(document);
        try {
          JSON.stringify(applyPatch<unknown>(document, operations));
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
        expect(document).toEqual(kept);
      }),
      { numRuns: 1000 },
    );
  });

  test('printing and parsing a pointer returns the same pointer', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tokens) => {
        expect(parsePointer(printPointer(tokens))).toEqual(tokens);
      }),
    );
  });
});

function plain(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
