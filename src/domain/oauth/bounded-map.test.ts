import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

test('what was unused for longest goes first', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect([map.size, map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 1, undefined, 3]);
});

test('setting again replaces, and takes nobody else its place', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('b', 3);
  expect([map.size, map.get('a'), map.get('b')]).toEqual([2, 1, 3]);
});

test('entries are removed by key and by condition', () => {
  const map = new BoundedMap<string, number>(9);
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
    map.set(key, index);
  }
  map.delete('a');
  map.deleteWhere((value) => value % 2 === 1);
  expect([map.size, map.get('c')]).toEqual([1, 2]);
});
