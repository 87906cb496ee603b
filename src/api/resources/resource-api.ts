/** The API of a resource: schemas and projection are derived from the columns of its table. */
import { type TObject, type TSchema, Type } from 'typebox';
import type {
  ColumnKind,
  ColumnKinds,
  IdentityReference,
  RecordOf,
  Resource,
} from '../../domain/resources/resource.ts';
import type { Family } from '../families.ts';
import type { PatchableFields } from '../json-patch.ts';
import type { Collection, OperationFacts } from '../operation.ts';
import { comesBack, dateTime, identityInput, nullable, reference } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';

/** The rights that the operations require, and how they differ between families. */
export type Rights = Pick<OperationFacts, 'security' | 'userLevels'> & {
  readonly overrides?: Partial<Record<Family, Partial<Pick<OperationFacts, 'security' | 'userLevels'>>>>;
};

interface Declaration<C extends ColumnKinds> {
  readonly resource: Resource<C>;
  /** The name of the schema, e.g. `Segment`. */
  readonly title: string;
  readonly tag: string;
  /** The contract's path of the list, e.g. `/segments`. */
  readonly path: string;
  readonly families: readonly Family[];
  readonly read: Rights;
  readonly manage: Rights;
  readonly collection: Collection;
  /** The schemas of JSON fields, and of fields that the contract restricts further than their kind, without null. */
  readonly schemas: Readonly<Record<string, TSchema>>;
}

/** A declaration and what is derived from it. */
export interface ResourceApi<C extends ColumnKinds = ColumnKinds> extends Declaration<C> {
  /** The schema of responses. */
  readonly shown: TObject;
  /** The schema of requests. Null and absent mean the same. */
  readonly input: TObject;
  readonly patchable: PatchableFields;
}

/**
 * Completes the declaration of a resource in the API. All declared columns are shown, settable and patchable.
 * @throws a plain Error for a JSON column without a schema, and for a schema without a column
 */
export function resourceApi<C extends ColumnKinds>(declaration: Declaration<C>): ResourceApi<C> {
  const { resource, schemas, title } = declaration;
  const columns = Object.entries(resource.table.columns);
  const stray = Object.keys(schemas).find((field) => !Object.hasOwn(resource.table.columns, field));
  if (stray !== undefined) {
    throw new Error(`${title} has a schema for "${stray}", which is not a column.`);
  }
  const shown = columns.map(([field, column]) => [field, shownAs(column, schemas[field])]);
  const received = columns.map(([field, column]) => [field, receivedAs(column, schemas[field])]);
  const fields = Object.fromEntries(received) as TObject['properties'];
  const strict = { additionalProperties: false };
  return {
    ...declaration,
    shown: Type.Object(
      {
        id: Type.String(),
        ...(Object.fromEntries(shown) as TObject['properties']),
        created: dateTime,
        modified: dateTime,
      },
      { ...strict, title },
    ),
    input: Type.Object(
      { id: comesBack, ...fields, created: comesBack, modified: comesBack },
      { ...strict, title: `${title}Input` },
    ),
    patchable: { schema: Type.Object(fields) },
  };
}

/** A record in the contract's form. Null fields are omitted if the schema does not allow null. */
export function toResource<C extends ColumnKinds>({ resource, shown }: ResourceApi<C>, record: RecordOf<C>): object {
  const fields = Object.entries(resource.table.columns).flatMap(([field, column]) => {
    const value: unknown = record[field];
    return value === null && shown.required?.includes(field) !== true ? [] : [[field, wireValue(column, value)]];
  });
  return {
    id: record.id,
    ...Object.fromEntries(fields),
    created: wireTime(record.created),
    modified: wireTime(record.modified),
  };
}

/** Returns a record as a JSON Patch sees it: fields that the response omits are null, so that they can be replaced. */
export function toPatchedDocument<C extends ColumnKinds>(api: ResourceApi<C>, record: RecordOf<C>): object {
  const omitted = Object.keys(api.resource.table.columns).filter((field) => record[field] === null);
  return { ...toResource(api, record), ...Object.fromEntries(omitted.map((field) => [field, null])) };
}

function wireValue({ kind }: ColumnKind<unknown>, value: unknown): unknown {
  if (value === null) {
    return null;
  }
  switch (kind) {
    case 'identity':
      return { type: 'IDENTITY', ...(value as IdentityReference) };
    case 'time':
      return wireTime(Number(value));
    default:
      return value;
  }
}

/** The schema of an optional field allows null, except for texts, which the contract omits. */
function shownAs({ kind, isOptional }: ColumnKind<unknown>, given: TSchema | undefined): TSchema {
  const schema = given ?? (kind === 'identity' ? reference('IDENTITY') : schemaOf(kind));
  if (!isOptional) {
    return schema;
  }
  return kind === 'text' ? Type.Optional(schema) : nullable(schema);
}

function receivedAs({ kind, isOptional }: ColumnKind<unknown>, given: TSchema | undefined): TSchema {
  const schema = given ?? (kind === 'identity' ? identityInput : schemaOf(kind));
  return isOptional || kind === 'flag' ? Type.Optional(nullable(schema)) : schema;
}

function schemaOf(kind: ColumnKind<unknown>['kind']): TSchema {
  switch (kind) {
    case 'text':
      return Type.String();
    case 'flag':
      return Type.Boolean();
    case 'time':
      return dateTime;
    default:
      throw new Error(`A column of kind ${kind} needs a schema.`);
  }
}
