/**
 * What every connector implements: one way to read a source's objects as a stream.
 *
 * A connector only reads. It does not merge the parts of an object, does not compare and knows no database:
 * aggregation stages the rows by key, merges them and decides what changed.
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

/** A source's free settings, flat, as clients send them: strings, numbers, booleans and more. */
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
  /** Progress: bytes of the input read so far, and of the whole input. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
};

/** What a read starts from. A read is always complete and from the start; nothing is resumed. */
export type ReadInput = {
  /** Path of the spooled upload. */
  readonly file: string;
  readonly connectorAttributes: ConnectorAttributes;
  readonly schema: ObjectSchema;
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

export type Connector = {
  /** `type` of a source, e.g. `DelimitedFile`. */
  readonly type: string;
  /** `connector` of a source: the connector's script name. */
  readonly scriptName: string;
  /** `connectionType` of a source: `file` reads uploads, `direct` asks the system itself. */
  readonly connectionType: 'file' | 'direct';
  /** Throws `illegalValue` (400) for the first of the connector's settings that is wrong. Others are left alone. */
  checkAttributes(connectorAttributes: ConnectorAttributes): void;
  /**
   * The schema an upload is for. Reads only the beginning of the file.
   * Throws a 400 when the beginning cannot be read, fits no candidate or fits several.
   */
  matchSchema<S extends ObjectSchema>(input: MatchInput<S>): Promise<S>;
  /** The source's objects. Throws `ConnectorError` when the read as a whole is not to be trusted. */
  read(input: ReadInput): AsyncIterable<SourceBatch>;
  /** For connectors whose files begin with a line of column names. */
  readonly templates?: Templates;
};

/** The read failed as a whole: nothing of it may be applied and nothing deleted. The text says what and where. */
export class ConnectorError extends Error {
  constructor(text: string, options?: ErrorOptions) {
    super(text, options);
    this.name = 'ConnectorError';
  }
}
