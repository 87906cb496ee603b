import type { Condition, ListQuery } from '../../list-query.ts';
import type { MetadataValue } from '../../storage/metadata/attributes.ts';
import { compareBinary, fold } from '../../storage/query/fold.ts';

/**
 * Returns a page of the values of an attribute, at most 500, and the number of those that match the filter. As in the
 * database, case does not matter, and what the sorters leave open is in the order of the attribute.
 */
export function valuesIn(
  values: readonly MetadataValue[],
  { condition, sorts, offset, limit }: Pick<ListQuery, 'condition' | 'sorts' | 'offset' | 'limit'>,
): { page: MetadataValue[]; total: number } {
  const found = values.filter((value) => condition === undefined || matches(value, condition));
  const sorted = found.toSorted((a, b) => {
    for (const { field, descending } of sorts) {
      const order = compareBinary(textOf(a, field), textOf(b, field));
      if (order !== 0) {
        return descending ? -order : order;
      }
    }
    return 0;
  });
  return { page: sorted.slice(offset, offset + limit), total: found.length };
}

function matches(value: MetadataValue, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((one) => matches(value, one));
    case 'or':
      return condition.conditions.some((one) => matches(value, one));
    case 'not':
      return !matches(value, condition.condition);
    case 'test': {
      const text = textOf(value, condition.field);
      const texts = condition.values.map((one) => fold(String(one)));
      return condition.operator === 'sw' ? texts.some((one) => text.startsWith(one)) : texts.includes(text);
    }
  }
}

function textOf(value: MetadataValue, field: string): string {
  return fold(String(value[field as keyof MetadataValue]));
}
