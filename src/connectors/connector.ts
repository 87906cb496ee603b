/**
 * What every connector implements: facts about its sources, and capabilities, which are optional functions.
 *
 * A connector only talks to the system. It does not merge the parts of an object, does not compare and knows no
 * database: aggregation stages the rows by key, merges them and decides what changed.
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

/** An attribute of a schema that new sources have. Not set: one text that is no entitlement. */
export type DefaultAttribute = {
  readonly name: string;
  readonly description: string;
  readonly type?: 'STRING' | 'LONG' | 'INT' | 'BOOLEAN' | 'DATE';
  readonly isMulti?: boolean;
  readonly isEntitlement?: boolean;
  readonly isGroup?: boolean;
  /** The group schema whose objects the values name. */
  readonly schema?: { readonly name: string };
};

/** A schema that new sources have; `account` is that of accounts (contract B.1). */
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
 * A source's free settings, flat, as clients send them: strings, numbers, booleans and more. A connector gets its
 * secrets in them as plain text and shows them in no error.
 */
export type ConnectorAttributes = Readonly<Record<string, unknown>>;

/** A value as the source gives it: text, or a list where the source itself knows lists. Never null; absent is ''. */
export type Cell = string | readonly string[];

/** An object of the source or a part of one; parts of one object share the key. */
export type SourceRow = {
  /** Where the row begins: the line of a file, counted from 1; elsewhere the number of the object. */
  readonly line: number;
  /** The values, in the order of the batch's `columns` and as many. */
  readonly cells: readonly Cell[];
};

/** A row that cannot be used; the read goes on. */
export type BadRow = {
  readonly line: number;
  /** What is wrong, as a sentence that follows "Line 12: ". */
  readonly problem: string;
};

/** Up to 500 rows. Every read gives at least one batch, so that an empty source still shows its columns. */
export type SourceBatch = {
  /** Attribute names as the schema spells them, and `permissions` where permissions are included. */
  readonly columns: readonly string[];
  readonly rows: readonly SourceRow[];
  readonly badRows: readonly BadRow[];
  /** Progress: bytes of the input read so far, and of the whole input; the latter null where nobody knows. */
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
};

/** What a connection starts from. */
export type Connection = {
  readonly connectorAttributes: ConnectorAttributes;
};

/** What a read starts from. A read is always complete and from the start; nothing is resumed. */
export type ReadInput = Connection & {
  readonly schema: ObjectSchema;
};

/** What the read of an uploaded file starts from. */
export type FileReadInput = ReadInput & {
  /** Path of the spooled upload. */
  readonly file: string;
};

/** What is needed to find the schema of an upload before it is accepted. */
export type MatchInput<S extends ObjectSchema> = {
  readonly file: string;
  readonly connectorAttributes: ConnectorAttributes;
  /** The candidates: all schemas that may be meant, or the one the client named. */
  readonly schemas: readonly S[];
};

/** Files that hold nothing but column names, as the source's settings want them. */
export type Templates = {
  /** The columns of a template. Throws a 400 when there are none or they cannot be read. */
  read(file: string, connectorAttributes: ConnectorAttributes, schemaName: string): Promise<readonly string[]>;
  /** The template with these columns, a line feed at its end. */
  write(columns: readonly string[], connectorAttributes: ConnectorAttributes, schemaName: string): string;
};

/** An object of the source, whole, as `peek` shows it. */
export type PeekedObject = {
  readonly identity: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, Cell>>;
};

/** What every connector says about its sources, whatever it can do. */
type ConnectorFacts = {
  /** `type` of a source, e.g. `LDAP`. */
  readonly type: string;
  /** `connector` of a source: the connector's script name. */
  readonly scriptName: string;
  /** `connectorName` of a source: the connector's name for people. */
  readonly connectorName: string;
  /** `features` of a new source that names none (contract B.1). */
  readonly features: readonly string[];
  /** Fields of a source that follow from its connector and never change (contract B.1). */
  readonly details: {
    readonly connectorClass: string;
    readonly connectorId: string;
    readonly connectorImplementationId: string;
  };
  /** The schemas that a new source begins with, in this order. */
  readonly schemas: readonly DefaultSchema[];
  /** Names of connector attributes that are secrets: text that is stored apart and never shown. */
  readonly secretAttributes: readonly string[];
  /** Set by the one connector that `provisionAsCsv` of POST /sources asks for. */
  readonly isForCsv?: true;
  /** Throws `illegalValue` (400) for the first of the connector's settings that is wrong. Others are left alone. */
  checkAttributes(connectorAttributes: ConnectorAttributes): void;
};

/** A connector of files that clients upload (`connectionType` file). Its capabilities are optional. */
export type FileConnector = ConnectorFacts & {
  readonly input: 'file';
  /**
   * The schema an upload is for. Reads only the beginning of the file.
   * Throws a 400 when the beginning cannot be read, fits no candidate or fits several.
   */
  matchSchema<S extends ObjectSchema>(input: MatchInput<S>): Promise<S>;
  /** The source's objects. Throws `ConnectorError` when the read as a whole is not to be trusted. */
  read?(input: FileReadInput): AsyncIterable<SourceBatch>;
  /** For files that begin with a line of column names. */
  readonly templates?: Templates;
};

/** A connector that asks the system itself (`connectionType` direct). Its capabilities are optional. */
export type DirectConnector = ConnectorFacts & {
  readonly input: 'connection';
  /**
   * The source's objects. A read that ends without an error is complete: one that was cut off, refused or answered in
   * part throws `ConnectorError`.
   */
  read?(input: ReadInput): AsyncIterable<SourceBatch>;
  /** Connects as a read would and reads nothing. Throws `ConnectorError` when that fails. */
  test?(connection: Connection): Promise<void>;
  /** The first objects, at most `count`. Throws `ConnectorError`. */
  peek?(input: ReadInput, count: number): Promise<readonly PeekedObject[]>;
};

export type Connector = FileConnector | DirectConnector;

/** What a connector may be able to do: names of its optional members, and how errors name them. */
export const capabilityNames = {
  read: 'aggregate',
  templates: 'read and write templates',
  test: 'test its connection',
  peek: 'show its first objects',
} as const;

/** One of the optional functions of connectors. */
export type Capability = keyof typeof capabilityNames;

/** The connectors of a server, and the module that exports this under the name `connectorList`: threads import it. */
export type ConnectorList = {
  readonly connectors: readonly Connector[];
  readonly module: string;
};

/**
 * Why nothing can be said of what the source holds:
 * `unusable`: what came is malformed or incomplete; `unavailable`: the system does not answer, or stopped to;
 * `denied`: it refuses the credentials or what they ask for.
 */
export type ConnectorErrorKind = 'unusable' | 'unavailable' | 'denied';

/** The work failed as a whole: nothing of a read may be applied and nothing deleted. The text says what and where. */
export class ConnectorError extends Error {
  readonly kind: ConnectorErrorKind;

  constructor(text: string, { kind = 'unusable', ...options }: ErrorOptions & { kind?: ConnectorErrorKind } = {}) {
    super(text, options);
    this.name = 'ConnectorError';
    this.kind = kind;
  }
}
