/** Matches the columns of a file with schemas. */
import { listed, shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { ConnectorError } from '../connector.ts';
import type { ObjectSchema } from '../connector.ts';
import { readRows } from './rows.ts';
import type { Settings } from './settings.ts';

/** The column of direct permissions if a schema includes them; it needs no attribute of that name. */
const permissionsColumn = 'permissions';

export type HeaderMatch = {
  /** The schema's names of the columns, in file order; an unknown column keeps its name in the file. */
  readonly columns: readonly string[];
  readonly unknown: readonly string[];
  /** The key column, if it is missing. */
  readonly missing: readonly string[];
  /** Missing optional attributes. */
  readonly absent: readonly string[];
};

/**
 * Returns the column names of a file's header; reads no further. Throws `ConnectorError` if it is missing or invalid.
 */
export async function readHeader(file: string, settings: Settings): Promise<readonly string[]> {
  let header: readonly string[] = [];
  const takeHeader = (cells: readonly string[]): void => {
    header = parseHeader(cells);
  };
  for await (const _group of readRows({ file, settings, columnCount: null, takeHeader })) break;
  return header;
}

/** Returns the trimmed column names. Throws `ConnectorError` if one is empty or repeated. */
export function parseHeader(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const empty = names.indexOf('');
  if (empty !== -1) {
    throw new ConnectorError(`Column ${empty + 1} of the header has no name. Add a name or remove the column.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ConnectorError(`Column "${shortened(twice)}" occurs twice in the header. Remove or rename one of them.`);
  return names;
}

/**
 * Matches a file's columns with a schema: first by exact name, then ignoring case, if that is unambiguous. Every column
 * must be known. Only the key column (`identityAttribute`) is required: real exports omit columns without data, and
 * without a display attribute the name of an object is its key.
 */
export function matchHeader(header: readonly string[], schema: ObjectSchema): HeaderMatch {
  const attributes = new Set(schema.attributes.map(({ name }) => name));
  if (schema.identityAttribute !== null) attributes.add(schema.identityAttribute);
  if (schema.includePermissions) attributes.add(permissionsColumn);
  const free = new Set([...attributes].filter((name) => !header.includes(name)));
  const unknown: string[] = [];
  const columns = header.map((column) => {
    if (attributes.has(column)) return column;
    const alike = [...free].filter((name) => name.toLowerCase() === column.toLowerCase());
    const [attribute] = alike;
    if (attribute === undefined || alike.length > 1) {
      unknown.push(column);
      return column;
    }
    free.delete(attribute);
    return attribute;
  });
  const missing =
    schema.identityAttribute !== null && free.has(schema.identityAttribute) ? [schema.identityAttribute] : [];
  return { columns, unknown, missing, absent: [...free].filter((name) => !missing.includes(name)) };
}

/** Returns whether a file with this header can be loaded with the schema. */
export function isMatch(match: HeaderMatch): boolean {
  return match.unknown.length === 0 && match.missing.length === 0;
}

/** ISC's message for a header that does not match; it always contains both lists (behaviour §1, "CSV"). */
export function describeMismatch({ unknown, missing }: HeaderMatch): string {
  return `Column: "[${listed(unknown)}]" is unknown and/or column: "[${listed(missing)}]" is missing`;
}

/**
 * Returns the schema of a header: the only matching candidate, or the only one of which all columns are present. Throws a
 * 400 with the candidates if it is ambiguous: the wrong choice would create entitlements of the wrong type, and delete
 * those of that type.
 */
export function chooseSchema<S extends ObjectSchema>(
  header: readonly string[],
  schemas: readonly S[],
  settings: Settings,
): S {
  const candidates = schemas.map((schema) => ({ schema, match: matchHeader(header, schema) }));
  const matching = candidates.filter(({ match }) => isMatch(match));
  const complete = matching.filter(({ match }) => match.absent.length === 0);
  const [only, another] = complete.length > 0 ? complete : matching;
  if (only !== undefined && another === undefined) return only.schema;
  if (only !== undefined) {
    throw illegalValue(
      `The header matches the schemas ${quotedNames(matching.map(({ schema }) => schema))}. Select one of them with the part "objectType".`,
    );
  }
  const [single] = candidates;
  if (single !== undefined && candidates.length === 1) {
    throw illegalValue(describeMismatch(single.match), [
      expectedColumns(single.schema),
      ...delimiterHint(header, settings),
    ]);
  }
  throw illegalValue(`The header [${listed(header)}] matches none of the schemas ${quotedNames(schemas)}.`, [
    ...candidates.slice(0, 20).map(({ schema, match }) => `Schema "${schema.name}": ${describeMismatch(match)}`),
    ...delimiterHint(header, settings),
  ]);
}

function quotedNames(schemas: readonly ObjectSchema[]): string {
  return listed(schemas.map(({ name }) => `"${name}"`));
}

function expectedColumns(schema: ObjectSchema): string {
  const names = schema.attributes.map(({ name }) => name);
  const key =
    schema.identityAttribute === null ? '' : ` "${schema.identityAttribute}" is required, the others are optional.`;
  return `The columns of schema "${schema.name}" are [${listed(names)}].${key}`;
}

/** A single column that contains another common delimiter is the most frequent mistake. */
function delimiterHint(header: readonly string[], settings: Settings): readonly string[] {
  const [column] = header;
  if (column === undefined || header.length > 1) return [];
  const delimiter = [',', ';', '\t', '|'].find(
    (character) => character !== settings.delimiter && column.includes(character),
  );
  if (delimiter === undefined) return [];
  const name = delimiter === '\t' ? '\\t' : delimiter;
  return [
    `The header was split at "${settings.delimiter}". If the file uses "${name}", set connectorAttributes "${settings.prefix}delimiter" to it.`,
  ];
}
