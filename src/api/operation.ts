import type { Static, TObject, TSchema } from 'typebox';
import type { Application } from '../application.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import type { Caller, UserLevel } from '../domain/oauth/caller.ts';
import type { ListQuery } from '../list-query.ts';
import { familiesServing } from './contract/contract-operations.ts';
import { type Family, layoutOf } from './families.ts';
import type { FilterFields } from './filters/check.ts';
import type { UploadReader } from './uploads.ts';

/** Who may call: for each security scheme the scopes of which one suffices. A scheme not named is refused. */
export interface Security {
  /** A token of a person: a personal access token or an authorisation code. */
  readonly userAuth?: readonly string[];
  /** A token of a client without a person. */
  readonly applicationAuth?: readonly string[];
}

/** What a list lets its callers ask for. The parameters themselves are the same everywhere (contract §0). */
export interface Collection {
  readonly filters?: FilterFields;
  readonly sorters?: readonly string[];
  /** The largest `limit`, and its default. */
  readonly maximumLimit: number;
  readonly searchAfter?: boolean;
  /** The sorter that no two hits share, with which the sorters of a `searchAfter` end; default `id`. */
  readonly key?: string;
  /** Filter fields that the contract has and this version does not answer yet: 501 naming them. */
  readonly filtersNotServed?: readonly string[];
}

export interface RequestBody {
  readonly mediaType: 'application/json' | 'application/json-patch+json' | 'multipart/form-data';
  readonly schema: TSchema;
  /** Whether a request without a body is accepted. */
  readonly optional?: boolean;
  /** Fields that are required unless the query parameter named beside them is true. */
  readonly requiredUnless?: Readonly<Record<string, string>>;
}

/** The successful answer. Without a schema it has no body. */
export interface Success {
  readonly status: number;
  readonly schema?: TSchema;
  /** Default `application/json`. */
  readonly mediaType?: string;
}

/** Everything about an operation that may differ from family to family: data, never code. */
export interface OperationFacts<Variant = unknown> {
  readonly operationId: string;
  readonly security: Security;
  /** The levels of which a person needs one; empty: any. */
  readonly userLevels: readonly UserLevel[];
  readonly query?: TObject;
  /** Query parameters that the contract has and this version does not answer yet: 501 naming them. */
  readonly parametersNotServed?: TObject;
  readonly collection?: Collection;
  readonly body?: RequestBody;
  readonly success: Success;
  /** The documented error statuses. */
  readonly errors: readonly number[];
  readonly deprecated?: boolean;
  /** What else the handler does differently in a family, e.g. the projection of the entity. */
  readonly variant?: Variant;
}

/** What a handler receives. Path, query and body are valid against the operation's schemas. */
export interface Call<Path = unknown, Query = unknown, Body = unknown, Variant = unknown> {
  readonly application: Application;
  readonly caller: Caller;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The list parameters, parsed and checked. Of an operation without a collection: everything. */
  readonly list: ListQuery;
  /** The version named by `If-Match`, if the caller sent one. */
  readonly ifMatch: number | undefined;
  /** Who does this, for the change record. */
  readonly context: ChangeContext;
  readonly variant: Variant;
  /** Reads a multipart body. */
  readonly upload: UploadReader;
}

/** What a handler answers. The status is the one its operation declares. */
export interface Reply {
  /** A value to be written as JSON, or a `PreparedText`. */
  readonly body?: unknown;
  /** The version of a single resource, sent as `ETag`. */
  readonly version?: number;
  /** The number of all hits, sent as `X-Total-Count`; undefined when the caller did not ask. */
  readonly total?: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body that is text already, or its bytes in UTF-8: JSON assembled by a projection, or CSV. */
export class PreparedText {
  readonly text: string | Buffer;
  constructor(text: string | Buffer) {
    this.text = text;
  }
}

/** One operation: its facts, per family where they differ, and one handler for all families. */
export interface Operation extends OperationFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The contract's path, e.g. `/entitlements/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Every family in which it is served. */
  readonly families: readonly Family[];
  readonly pathParameters: TObject;
  readonly overrides: Partial<Record<Family, Partial<OperationFacts>>>;
  readonly handle: (call: Call) => Promise<Reply>;
}

interface Definition<
  P extends TObject,
  Q extends TObject | undefined,
  B extends RequestBody | undefined,
  V,
> extends Omit<OperationFacts<V>, 'query' | 'body' | 'variant'> {
  readonly method: Operation['method'];
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The families with facts of their own in which it is served; those that take their facts from them follow. */
  readonly families: readonly Family[];
  readonly pathParameters: P;
  readonly query?: Q;
  readonly body?: B;
  readonly variant?: V;
  readonly overrides?: Partial<Record<Family, Partial<OperationFacts<NoInfer<V>>>>>;
  readonly handle: (
    call: Call<
      Static<P>,
      [Q] extends [TObject] ? Static<Q> : Record<string, never>,
      [B] extends [RequestBody] ? Static<B['schema']> : undefined,
      V
    >,
  ) => Promise<Reply>;
}

/**
 * Declares an operation; the types of the handler's `path`, `query` and `body` follow from the schemas.
 * Where a family differs, `overrides` replaces single facts. A handler never asks for the family: what it needs
 * to do differently is its `variant`.
 */
export function defineOperation<
  P extends TObject,
  V = undefined,
  Q extends TObject | undefined = undefined,
  B extends RequestBody | undefined = undefined,
>(definition: Definition<P, Q, B, V>): Operation {
  const families = familiesServing(definition.method, definition.path, definition.families);
  // The handler's own types were checked against the schemas just now; the router validates before it calls.
  return { overrides: {}, ...definition, families } as unknown as Operation;
}

/** The facts of an operation in one family. */
export function factsFor(operation: Operation, family: Family): OperationFacts {
  const { operationIdSuffix, factsFrom } = layoutOf(family);
  const operationId = `${operation.operationId}${operationIdSuffix}`;
  const inherited = factsFrom === undefined ? undefined : operation.overrides[factsFrom];
  return { ...operation, operationId, ...inherited, ...operation.overrides[family] };
}
