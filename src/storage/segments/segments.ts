import { flag, optionalIdentity, optionalJson, optionalText, recordTable, text } from '../resources/record-table.ts';

/** The criteria of a segment: an attribute of the identity has a value, or all children are true. */
export type Expression =
  | {
      readonly operator: 'EQUALS';
      readonly attribute: string;
      readonly value: { readonly type: string; readonly value: string };
    }
  | { readonly operator: 'AND'; readonly children: readonly Expression[] };

export interface VisibilityCriteria {
  readonly expression: Expression;
}

export const segmentTable = recordTable('segment', 'SEGMENT', {
  name: text,
  description: optionalText,
  owner: optionalIdentity,
  visibilityCriteria: optionalJson<VisibilityCriteria>(),
  active: flag,
});
