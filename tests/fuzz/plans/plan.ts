/** Who sends a request; the tokens are the world's. */
export type Caller =
  | 'administrator'
  | 'narrow'
  | 'source-administrator'
  | 'nobody'
  | 'application'
  | 'expired'
  | 'revoked'
  | 'tampered'
  | 'none';

/** How a body is announced and sent. */
export type Framing = 'length' | 'chunked';

/**
 * One request before it meets a server: pure data, so that it can be generated, shrunk and shown. A text may hold
 * placeholders (`~source*3~`), which stand for something the server has: see `world.ts`.
 */
export interface Plan {
  /** The operation and family, or what else it is: `getSource in v2025`, `broken HTTP`. */
  readonly title: string;
  /** Its line in the final table. */
  readonly group: string;
  readonly method: string;
  /** Already encoded, without the query. */
  readonly path: string;
  /** Already encoded, with its question mark; may be empty. */
  readonly query: string;
  readonly caller: Caller;
  /** Headers as they are sent; they win over those that the body and the caller bring. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: PlannedBody | undefined;
  readonly framing: Framing;
  /** The whole request as text in latin1, instead of everything else: no client would send it. */
  readonly raw?: string;
  /** Whether an operation is meant, or something near one. */
  readonly isOfOperation?: true;
}

/** A body. Its content type is undefined where none is sent. */
export interface PlannedBody {
  readonly contentType: string | undefined;
  /** A text is sent as UTF-8. */
  readonly content: string | Uint8Array;
}

/** A request that can be sent again as it is. */
export interface WireRequest {
  readonly title: string;
  /** As the request line has it; empty where there is none. */
  readonly target: string;
  readonly bytes: Buffer;
  /** The answer to HEAD has no body. */
  readonly method: string;
  /** Not HTTP that can be read: the connection may be closed without an answer. */
  readonly isBroken: boolean;
}
