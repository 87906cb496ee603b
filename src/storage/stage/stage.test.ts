import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Stage, type StagedRow } from './stage.ts';

/** The columns of these rows: an object has one key, one name and any number of members. */
const isSingle = [true, true, false];
const row = (line: number, key: string, name: string, member: string): StagedRow => ({
  key,
  line,
  cells: [key, name, member],
});

let folder = '';
let stages: Stage[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
});
afterEach(() => {
  stages.forEach((stage) => stage.close());
  stages = [];
  rmSync(folder, { recursive: true });
});

/** Returns a sorted stage with these rows, added in batches. */
function staged(batches: readonly (readonly StagedRow[])[], mappingHash = 'as it is'): Stage {
  const stage = new Stage(join(folder, `${stages.length}.stage`));
  stages.push(stage);
  batches.forEach((rows) => stage.add(rows, isSingle, mappingHash));
  stage.sort();
  return stage;
}

const fingerprintsOf = (stage: Stage): string[] => [...stage.groups('all')].map(({ fingerprint }) => fingerprint);

test('returns objects sorted by the bytes of their keys, with their rows in the order of the input', () => {
  const rows = [
    row(2, 'b', 'B', 'x'),
    row(3, 'b', 'B', 'y'),
    row(4, 'Z', 'Zed', ''),
    row(5, 'é', 'E', 'x'),
    row(6, 'b', 'B', 'z'),
  ];
  const stage = staged([rows.slice(0, 1), rows.slice(1)]);
  const groups = [...stage.groups('all')].map(({ key, rows: own }) => [
    key,
    own.map(({ line, cells }) => [line, ...cells]),
  ]);
  expect(groups).toEqual([
    ['Z', [[4, 'Z', 'Zed', '']]],
    [
      'b',
      [
        [2, 'b', 'B', 'x'],
        [3, 'b', 'B', 'y'],
        [6, 'b', 'B', 'z'],
      ],
    ],
    ['é', [[5, 'é', 'E', 'x']]],
  ]);
  expect(stage.count()).toBe(3);
});

test('objects are possibly inconsistent if their rows differ in a single-valued column, or are not consecutive', () => {
  const stage = staged([
    [row(2, 'apart', 'A', 'x'), row(3, 'many', 'M', 'x'), row(4, 'many', 'M', 'y')],
    [row(5, 'mixed', 'one', ''), row(6, 'mixed', 'two', ''), row(7, 'apart', 'A', 'y'), row(8, 'single', 'S', '')],
  ]);
  expect([...stage.groups('inconsistent')].map(({ key }) => key)).toEqual(['apart', 'mixed']);
  expect([...stage.groups('all')].map(({ key, mayContradictItself }) => [key, mayContradictItself])).toEqual([
    ['apart', true],
    ['many', false],
    ['mixed', true],
    ['single', false],
  ]);
});

test('fingerprints are equal for equal rows with the same mapping, wherever they are in the input', () => {
  const rows = [row(2, 'b', 'B', 'x'), row(3, 'b', 'B', 'y'), row(4, 'a', 'A', ''), row(5, 'b', 'B', 'z')];
  const others = [row(9, 'a', 'A', ''), row(12, 'b', 'B', 'x'), row(13, 'b', 'B', 'y'), row(20, 'b', 'B', 'z')];
  const fingerprints = fingerprintsOf(staged([rows]));
  expect(new Set(fingerprints).size).toBe(2);
  expect(fingerprintsOf(staged([others.slice(0, 3), others.slice(3)]))).toEqual(fingerprints);

  const [first, second] = fingerprints;
  const [sameFirst, otherSecond] = fingerprintsOf(staged([[...rows.slice(0, 3), row(5, 'b', 'B', 'other')]]));
  expect(sameFirst).toBe(first);
  expect(otherSecond).not.toBe(second);
  for (const fingerprint of fingerprintsOf(staged([rows], 'with another schema'))) {
    expect(fingerprints).not.toContain(fingerprint);
  }
});

test('fingerprints are the same as in existing catalogues', () => {
  const rows = [row(7, 'b', 'B', 'x'), row(8, 'b', 'B', 'y')];
  // If this fingerprint changes, the next file of every source rewrites all objects.
  expect(fingerprintsOf(staged([rows]))).toEqual(['eTP919dByHEs1zGZjY-e1sznk-A']);
});

test('returns all of many objects with several parts', () => {
  const keys = Array.from({ length: 2500 }, (_, index) => String(index % 700).padStart(4, '0'));
  const stage = staged([keys.map((key, index) => row(index + 2, key, `Name ${key}`, String(index)))]);
  const groups = [...stage.groups('all')];
  expect(groups.map(({ key }) => key)).toEqual([...new Set(keys)].toSorted());
  expect(groups.flatMap(({ rows }) => rows).length).toBe(2500);
  expect([...stage.groups('inconsistent')].length).toBe(700);
  expect(stage.count()).toBe(700);
});

test('a stage that is closed before it is sorted deletes its file', () => {
  const stage = new Stage(join(folder, 'closed.stage'));
  stage.add([row(2, 'a', 'A', 'x')], isSingle, '');
  stage.close();
  expect(readdirSync(folder)).toEqual([]);
});
