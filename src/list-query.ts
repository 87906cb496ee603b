/** What a list is asked for: the API fills it in, the storage answers it. */

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sw' | 'co' | 'in' | 'ca' | 'isnull' | 'pr';

/** A typed value of a filter; a date is UTC milliseconds. */
export type Value = string | number | boolean;

/** A filter as a tree. `values` holds one value, several for `in` and `ca`, none for `isnull` and `pr`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'test'; readonly field: string; readonly operator: Operator; readonly values: readonly Value[] };

/** One sort key, by its name in the contract. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/** One page of a list. Without sorts the order is that of the ids; the id closes every order. */
export interface ListQuery {
  readonly condition: Condition | undefined;
  readonly sorts: readonly Sort[];
  readonly offset: number;
  readonly limit: number;
  /** The sort values of the row after which the page begins, null for a null; one for each sort. */
  readonly after: readonly (Value | null)[] | undefined;
  /** Whether the number of all hits is asked for. */
  readonly count: boolean;
}
