import type { ObjectSchema, SourceBatch, SourceRow } from '../../connectors/connector.ts';
import { MunimentError } from '../../errors.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { shownValue } from '../shown-value.ts';
import { checkDescription } from './entitlement-fields.ts';

/** One line of a file with details of entitlements. Absent details keep their values. */
export interface DetailRow {
  readonly line: number;
  readonly attributeName: string;
  readonly attributeValue: string;
  readonly schema: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly privileged?: boolean;
}

/** A line that cannot be used, and why. */
export interface BadDetailRow {
  readonly line: number;
  readonly problem: string;
}

export const requiredColumns = ['attributeName', 'attributeValue', 'schema'] as const;
export const optionalColumns = ['displayName', 'description', 'privileged'] as const;
type Column = (typeof requiredColumns | typeof optionalColumns)[number];

/** The columns of such files, as a schema for the reader of files. */
export const detailSchema: ObjectSchema = {
  name: 'entitlement details',
  identityAttribute: 'attributeValue',
  displayAttribute: null,
  includePermissions: false,
  attributes: [...requiredColumns, ...optionalColumns].map((name) => ({ name, type: 'STRING', isMulti: false })),
};

/** Returns the required columns that a file does not have. */
export function missingColumns({ columns }: SourceBatch): string[] {
  return requiredColumns.filter((name) => !columns.includes(name));
}

/** Returns the details in a row of a file, or why it cannot be used. */
export function detailRow(columns: readonly string[], row: SourceRow): DetailRow | BadDetailRow {
  const { line } = row;
  const cell = (column: Column): string => String(row.cells[columns.indexOf(column)] ?? '');
  const empty = requiredColumns.find((column) => cell(column).trim() === '');
  if (empty !== undefined) {
    return { line, problem: `column "${empty}" is empty` };
  }
  const displayName = cell('displayName');
  const description = cell('description');
  const privileged = cell('privileged').trim().toLowerCase();
  if (!['', 'true', 'false'].includes(privileged)) {
    return {
      line,
      problem: `column "privileged" is ${shownValue(cell('privileged'))}; it must be true, false or empty`,
    };
  }
  try {
    refuseUnstorable({ displayName, description }, '');
    if (displayName !== '') {
      refuseBadName(displayName, 'displayName');
    }
    checkDescription(description);
  } catch (error) {
    if (error instanceof MunimentError) {
      return { line, problem: error.message };
    }
    throw error;
  }
  return {
    line,
    attributeName: cell('attributeName'),
    attributeValue: cell('attributeValue'),
    schema: cell('schema'),
    ...(displayName === '' ? {} : { displayName }),
    ...(description === '' ? {} : { description }),
    ...(privileged === '' ? {} : { privileged: privileged === 'true' }),
  };
}
