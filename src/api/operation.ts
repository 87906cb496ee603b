import type { Static, TObject, TSchema } from 'typebox';
import type { Application } from '../application.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import type { Caller, UserLevel } from '../domain/oauth/caller.ts';
import type { ObjectOfSource } from '../domain/sources/managed-sources.ts';
import type { ListQuery } from '../list-query.ts';
import { familiesServing } from './contract/contract-operations.ts';
import { type Family, layoutOf } from './families.ts';
import type { FilterFields } from './filters/check.ts';
import type { UploadReader } from './uploads.ts';

/** The scopes per security scheme, one of which is required. Other schemes are rejected. */
export interface Security {
  /** The token of an identity: a personal access token or an authorisation code. */
  readonly userAuth?: readonly string[];
  /** The token of a client without an identity. */
  readonly applicationAuth?: readonly string[];
}

/** What a list supports. The parameters themselves are the same for all lists (contract §0). */
export interface Collection {
  readonly filters?: FilterFields;
  readonly sorters?: readonly string[];
  /** The maximum `limit`, and its default. */
  readonly maximumLimit: number;
  readonly searchAfter?: boolean;
  /** The unique sort field that must come last with `searchAfter`; default `id`. */
  readonly key?: string;
  /** The field with the id of the source of a row: callers who manage some sources see only their rows. */
  readonly sourceField?: string;
  /** The field with the id of the identity that started a task, which may see it, too. */
  readonly actorField?: string;
}

export interface RequestBody {
  readonly mediaType: 'application/json' | 'application/json-patch+json' | 'multipart/form-data';
  readonly schema: TSchema;
  /** Whether a request without a body is accepted. */
  readonly optional?: boolean;
  /** Fields that are required unless the given query parameter is true. */
  readonly requiredUnless?: Readonly<Record<string, string>>;
}

/** The success response. Without a schema it has no body. */
export interface Success {
  readonly status: number;
  readonly schema?: TSchema;
  /** Default `application/json`. */
  readonly mediaType?: string;
  /** A further status of the same response, which a handler may choose. */
  readonly otherStatus?: number;
}

/** The properties of an operation that can differ between families: data, never code. */
export interface OperationFacts<Variant = unknown> {
  readonly operationId: string;
  readonly security: Security;
  /** The user levels, one of which is required; empty: any. */
  readonly userLevels: readonly UserLevel[];
  readonly query?: TObject;
  /** Query parameters of the contract that are not implemented: 501 with their name. */
  readonly parametersNotServed?: TObject;
  readonly collection?: Collection;
  readonly body?: RequestBody;
  readonly success: Success;
  /** The documented error statuses. */
  readonly errors: readonly number[];
  /** Whether the contract advises against it. Every response then has the header `X-Deprecated: true`. */
  readonly deprecated?: boolean;
  /** Any other difference for the handler, e.g. the projection of the entity. */
  readonly variant?: Variant;
}

/** The input of a handler. Path, query and body have been validated against the operation's schemas. */
export interface Call<Path = unknown, Query = unknown, Body = unknown, Variant = unknown> {
  readonly application: Application;
  readonly caller: Caller;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The parsed list parameters. For an operation without a collection: everything. */
  readonly list: ListQuery;
  /** The version in `If-Match`, if the caller sent one. */
  readonly ifMatch: number | undefined;
  /** The actor, for the change record. */
  readonly context: ChangeContext;
  readonly variant: Variant;
  /** Reads a multipart body. */
  readonly upload: UploadReader;
}

/** The result of a handler. */
export interface Reply {
  /** Default: the status of the operation's success. */
  readonly status?: number;
  /** A value to be serialised as JSON, or a `PreparedText`. */
  readonly body?: unknown;
  /** The version of a single resource, sent as `ETag`. */
  readonly version?: number;
  /** The total number of results, sent as `X-Total-Count`; undefined if not requested. */
  readonly total?: number | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body that is already text, or UTF-8 bytes: JSON assembled by a projection, or CSV. */
export class PreparedText {
  readonly text: string | Buffer;
  /** Called when the text has been sent or the connection is closed. */
  readonly release: () => void;
  constructor(text: string | Buffer, release = (): void => {}) {
    this.text = text;
    this.release = release;
  }
}

/** One operation: its properties, their differences per family, and one handler for all families. */
export interface Operation extends OperationFacts {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The contract's path, e.g. `/entitlements/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Every family in which it is served. */
  readonly families: readonly Family[];
  readonly pathParameters: TObject;
  readonly overrides: Partial<Record<Family, Partial<OperationFacts>>>;
  /**
   * The objects of sources that a request names in its query or body: callers who manage some sources may name only theirs.
   * Those in the path follow from it.
   */
  readonly namesObjects?: (request: Pick<Call, 'path' | 'query' | 'body'>) => readonly ObjectOfSource[];
  readonly handle: (call: Call) => Promise<Reply>;
}

type CallOf<P extends TObject, Q extends TObject | undefined, B extends RequestBody | undefined, V> = Call<
  Static<P>,
  [Q] extends [TObject] ? Static<Q> : Record<string, never>,
  [B] extends [RequestBody] ? Static<B['schema']> : undefined,
  V
>;

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
  readonly namesObjects?: (request: Pick<CallOf<P, Q, B, V>, 'path' | 'query' | 'body'>) => readonly ObjectOfSource[];
  readonly handle: (call: CallOf<P, Q, B, V>) => Promise<Reply>;
}

/**
 * Declares an operation; the types of the handler's `path`, `query` and `body` are derived from the schemas.
 * `overrides` replaces single properties for a family. A handler never checks the family: differences in behaviour are
 * its `variant`.
 */
export function defineOperation<
  P extends TObject,
  V = undefined,
  Q extends TObject | undefined = undefined,
  B extends RequestBody | undefined = undefined,
>(definition: Definition<P, Q, B, V>): Operation {
  const families = familiesServing(definition.method, definition.path, definition.families);
  // The compiler has checked the handler's types against the schemas, and the router validates before it calls.
  return { overrides: {}, ...definition, families } as unknown as Operation;
}

/** Returns the properties of an operation in one family. */
export function factsFor(operation: Operation, family: Family): OperationFacts {
  const { operationIdSuffix, factsFrom } = layoutOf(family);
  const operationId = `${operation.operationId}${operationIdSuffix}`;
  const inherited = factsFrom === undefined ? undefined : operation.overrides[factsFrom];
  return { ...operation, operationId, ...inherited, ...operation.overrides[family] };
}
