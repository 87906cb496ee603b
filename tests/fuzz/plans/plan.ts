/** The caller of a request; the world has the tokens. */
export type Caller =
  | 'administrator'
  | 'narrow'
  | 'source-administrator'
  | 'source-subadministrator'
  | 'nobody'
  | 'application'
  | 'expired'
  | 'revoked'
  | 'tampered'
  | 'none';

/** How a body is framed. */
export type Framing = 'length' | 'chunked';

/**
 * A request as pure data, so that it can be generated, shrunk and printed. A text may contain placeholders
 * (`~source*3~`) for objects on the server: see `world.ts`.
 */
export interface Plan {
  /** The operation and family, or another description: `getSource in v2025`, `broken HTTP`. */
  readonly title: string;
  /** Its line in the final table. */
  readonly group: string;
  readonly method: string;
  /** Already encoded, without the query. */
  readonly path: string;
  /** Already encoded, with its question mark; may be empty. */
  readonly query: string;
  readonly caller: Caller;
  /** Headers as sent; they override those of the body and the caller. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: PlannedBody | undefined;
  readonly framing: Framing;
  /** The whole request as latin1 text, instead of everything else: invalid HTTP. */
  readonly raw?: string;
  /** Whether the request is for an operation, or close to one. */
  readonly isOfOperation?: true;
}

/** A body. Its content type is undefined if none is sent. */
export interface PlannedBody {
  readonly contentType: string | undefined;
  /** A text is sent as UTF-8. */
  readonly content: string | Uint8Array;
}

/** A request that can be repeated unchanged. */
export interface WireRequest {
  readonly title: string;
  /** As in the request line; empty if there is none. */
  readonly target: string;
  readonly bytes: Buffer;
  /** The response to HEAD has no body. */
  readonly method: string;
  /** Invalid HTTP: the connection may be closed without a response. */
  readonly isBroken: boolean;
}
