/**
 * The interface of connectors: facts about their sources, and capabilities, which are optional functions.
 *
 * A connector only talks to the system. It does not merge the parts of an object, does not compare and does not use the
 * database: aggregation stages the rows by key, merges them and determines the changes.
 */

/** One attribute of a schema, in the contract's terms (contract B.1). */
export type SchemaAttribute = {
  readonly name: string;
  /** STRING, LONG, INT, BOOLEAN or DATE. */
  readonly type: string;
  readonly isMulti: boolean;
};

/** The part of a source schema that a connector needs (contract B.1). */
export type ObjectSchema = {
  readonly name: string;
  readonly identityAttribute: string | null;
  readonly displayAttribute: string | null;
  readonly includePermissions: boolean;
  readonly attributes: readonly SchemaAttribute[];
};

/** An attribute of a schema of new sources. Default: a single STRING that is not an entitlement. */
export type DefaultAttribute = {
  readonly name: string;
  readonly description: string;
  readonly type?: 'STRING' | 'LONG' | 'INT' | 'BOOLEAN' | 'DATE';
  readonly isMulti?: boolean;
  readonly isEntitlement?: boolean;
  readonly isGroup?: boolean;
  /** The group schema of the objects that the values refer to. */
  readonly schema?: { readonly name: string };
};

/** A schema of new sources; `account` is the account schema (contract B.1). */
export type DefaultSchema = {
  readonly name: string;
  readonly nativeObjectType: string;
  readonly identityAttribute: string;
  readonly displayAttribute: string;
  readonly hierarchyAttribute?: string;
  readonly includePermissions?: boolean;
  readonly attributes: readonly DefaultAttribute[];
};

/**
 * The settings of a source, flat, as clients send them: strings, numbers, booleans and others. A connector receives its
 * secrets in them as plain text and must not include them in errors.
 */
export type ConnectorAttributes = Readonly<Record<string, unknown>>;

/** A value of the source: text, or a list if the source itself has lists. Never null; a missing value is ''. */
export type Cell = string | readonly string[];

/** An object of the source or a part of one; the parts of an object have the same key. */
export type SourceRow = {
  /** Where the row starts: the line of a file, counted from 1; otherwise the number of the object. */
  readonly line: number;
  /** The values, one for each of the batch's `columns`, in that order. */
  readonly cells: readonly Cell[];
};

/** An unusable row; the read continues. */
export type BadRow = {
  readonly line: number;
  /** The problem, as a clause that follows "Line 12: ". */
  readonly problem: string;
};

/** Up to 500 rows. Every read yields at least one batch, so that even an empty source has columns. */
export type SourceBatch = {
  /** Attribute names as in the schema, and `permissions` if it includes permissions. */
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
  readonly badRows: readonly BadRow[];
  /** Progress: bytes of the input read so far, and in total; the total is null if it is unknown. */
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
};

/** The settings of a connection. */
export type Connection = {
  readonly connectorAttributes: ConnectorAttributes;
};

/** The input of a read. A read always starts from the beginning; nothing is resumed. */
export type ReadInput = Connection & {
  readonly schema: ObjectSchema;
};

/** The input of the read of an uploaded file. */
export type FileReadInput = ReadInput & {
  /** Path of the spool file. */
  readonly file: string;
};

/** The input for finding the schema of an upload before it is accepted. */
export type MatchInput<S extends ObjectSchema> = {
  readonly file: string;
  readonly connectorAttributes: ConnectorAttributes;
  /** The candidates: all possible schemas, or the one that the client named. */
  readonly schemas: readonly S[];
};

/** Files that contain only column names, in the format that the source's settings specify. */
export type Templates = {
  /** Returns the columns of a template. Throws a 400 if there are none or the file is invalid. */
  read(file: string, connectorAttributes: ConnectorAttributes, schemaName: string): Promise<readonly string[]>;
  /** Returns the template with these columns and a line feed. */
  write(columns: readonly string[], connectorAttributes: ConnectorAttributes, schemaName: string): string;
};

/** A complete object of the source, as returned by `peek`. */
export type PeekedObject = {
  readonly identity: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, Cell>>;
};

/** The facts that every connector declares about its sources. */
type ConnectorFacts = {
  /** `type` of a source, e.g. `LDAP`. */
  readonly type: string;
  /** `connector` of a source: the connector's script name. */
  readonly scriptName: string;
  /** `connectorName` of a source: the display name of the connector. */
  readonly connectorName: string;
  /** `features` of a new source if the request has none (contract B.1). */
  readonly features: readonly string[];
  /** Immutable fields of a source that its connector determines (contract B.1). */
  readonly details: {
    readonly connectorClass: string;
    readonly connectorId: string;
    readonly connectorImplementationId: string;
  };
  /** The schemas of a new source, in this order. */
  readonly schemas: readonly DefaultSchema[];
  /** Names of connector attributes that are secrets: text that is stored separately and never shown. */
  readonly secretAttributes: readonly string[];
  /** Set by the one connector that `provisionAsCsv` of POST /sources selects. */
  readonly isForCsv?: true;
  /** Throws `illegalValue` (400) for the first invalid setting of the connector. Other attributes are ignored. */
  checkAttributes(connectorAttributes: ConnectorAttributes): void;
};

/** A connector for files that clients upload (`connectionType` file). Its capabilities are optional. */
export type FileConnector = ConnectorFacts & {
  readonly input: 'file';
  /**
   * Returns the schema of an upload. Reads only the beginning of the file.
   * Throws a 400 if the beginning is invalid, or matches no candidate or several.
   */
  matchSchema<S extends ObjectSchema>(input: MatchInput<S>): Promise<S>;
  /** Yields the source's objects. Throws `ConnectorError` if the read as a whole is unreliable. */
  read?(input: FileReadInput): AsyncIterable<SourceBatch>;
  /** For files that start with a line of column names. */
  readonly templates?: Templates;
};

/** A connector that reads from the system itself (`connectionType` direct). Its capabilities are optional. */
export type DirectConnector = ConnectorFacts & {
  readonly input: 'connection';
  /**
   * Yields the source's objects. A read that ends without an error is complete: one that is interrupted, rejected or
   * answered partially throws `ConnectorError`.
   */
  read?(input: ReadInput): AsyncIterable<SourceBatch>;
  /** Connects as for a read, without reading. Throws `ConnectorError` if that fails. */
  test?(connection: Connection): Promise<void>;
  /** Returns the first objects, at most `count`. Throws `ConnectorError`. */
  peek?(input: ReadInput, count: number): Promise<readonly PeekedObject[]>;
};

export type Connector = FileConnector | DirectConnector;

/** The names of optional capabilities, and their descriptions in errors. */
export const capabilityNames = {
  read: 'aggregate',
  templates: 'read and write templates',
  test: 'test its connection',
  peek: 'show its first objects',
} as const;

/** One of the optional functions of connectors. */
export type Capability = keyof typeof capabilityNames;

/** The connectors of a server, and the URL of the module that exports this as `connectorList`: threads import it. */
export type ConnectorList = {
  readonly connectors: readonly Connector[];
  readonly module: string;
};

/**
 * Why the content of the source is unknown:
 * `unusable`: the input is malformed or incomplete; `unavailable`: the system does not respond, or stopped responding;
 * `denied`: it rejected the credentials or the request.
 */
export type ConnectorErrorKind = 'unusable' | 'unavailable' | 'denied';

/** The work failed as a whole: nothing of a read may be applied or deleted. The text says what failed and where. */
export class ConnectorError extends Error {
  readonly kind: ConnectorErrorKind;

  constructor(text: string, { kind = 'unusable', ...options }: ErrorOptions & { kind?: ConnectorErrorKind } = {}) {
    super(text, options);
    this.name = 'ConnectorError';
    this.kind = kind;
  }
}
