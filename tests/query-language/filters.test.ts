import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFilter } from '../../src/api/filters/parse-filter.ts';
import { printSyntax } from '../../src/api/filters/print.ts';
import type { Literal, Syntax } from '../../src/api/filters/syntax.ts';
import type { Condition, Value } from '../../src/list-query.ts';
import { compileCondition } from '../../src/storage/query/condition.ts';
import { engines } from './engines.ts';
import type { Engine } from './engines.ts';
import { columns, conditionsOf, fields, matches, pools, thingsOf } from './things.ts';
import type { Field } from './things.ts';

/** Returns the filter text for a condition. */
function filterOf(condition: Condition): string {
  return printSyntax(syntaxOf(condition));
}

function syntaxOf(condition: Condition): Syntax {
  switch (condition.kind) {
    case 'not':
      return { kind: 'not', condition: syntaxOf(condition.condition) };
    case 'test': {
      const { type } = fields[condition.field as Field];
      const values = condition.values.map((value) => literalOf(value, type));
      return { ...condition, values, fieldIndex: 0, operatorIndex: 0 };
    }
    default:
      return { kind: condition.kind, conditions: condition.conditions.map(syntaxOf) };
  }
}

function literalOf(value: Value, type: string): Literal {
  const text = type === 'date' ? new Date(Number(value)).toISOString() : String(value);
  return { text, quoted: typeof value === 'string', index: 0 };
}

const cases = pools.chain((pool) =>
  fc.record({ things: thingsOf(pool), conditions: fc.array(conditionsOf(pool), { minLength: 5, maxLength: 5 }) }),
);

for (const { title, isThere, open } of engines) {
  describe.skipIf(!isThere)(`a filter ${title}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.database.destroy());

    async function select(filter: string): Promise<string[]> {
      const where = compileCondition(parseFilter(filter, fields), columns);
      const rows = await engine.database.selectFrom('thing').select('id').where(where).orderBy('id').execute();
      return rows.map(({ id }) => String(id));
    }

    test('selects the same rows as a naive evaluation', async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ things, conditions }) => {
          await engine.fill(things);
          for (const condition of conditions) {
            const expected = things.filter((thing) => matches(thing, condition)).map(({ id }) => id);
            expect(await select(filterOf(condition)), filterOf(condition)).toEqual(expected.toSorted());
          }
        }),
        { numRuns: 300 },
      );
    });

    test('ignores case, width and composition of letters', async () => {
      const [base] = fc.sample(thingsOf({ texts: ['x'], ids: ['a'], times: [0], sizes: [0] }), { numRuns: 1, seed: 1 });
      const [thing] = base ?? [];
      expect(thing).toBeDefined();
      const names = [
        'Résumé',
        'RE\u0301SUME\u0301',
        'Payroll',
        'ＰＡＹＲＯＬＬ clerks',
        '100%',
        '100 percent',
        'a_b',
        'axb',
      ];
      await engine.fill(
        names.flatMap((name, index) => (thing === undefined ? [] : [{ ...thing, id: String(index), name }])),
      );
      expect(await select('name eq "résumé"')).toEqual(['0', '1']);
      expect(await select('name sw "payroll"')).toEqual(['2', '3']);
      expect(await select('name sw "100%"')).toEqual(['4']);
      expect(await select('name co "A_"')).toEqual(['6']);
      expect(await select('not name co "_" and name ge "a"')).toEqual(['0', '1', '2', '3', '7']);
    });

    test('is accepted by the engine at its maximum size', async () => {
      const terms = Array.from({ length: 499 }, (_, index) => `description ne "${index}"`).join(' or ');
      const filter = `${'not ('.repeat(32)}${terms} or size lt 1e300${')'.repeat(32)}`;
      await expect(select(filter)).resolves.toBeInstanceOf(Array);
      await expect(
        select(`features ca (${Array.from({ length: 500 }, (_, index) => `"${index}"`).join(',')})`),
      ).resolves.toEqual([]);
    });
  });
}

test('the naive evaluation usually selects some but not all rows', () => {
  const shares = fc
    .sample(cases, { numRuns: 200, seed: 1 })
    .flatMap(({ things, conditions }) =>
      conditions.map((condition) => things.filter((thing) => matches(thing, condition)).length / things.length),
    );
  expect(shares.filter((share) => share > 0 && share < 1).length / shares.length).toBeGreaterThan(0.3);
});
