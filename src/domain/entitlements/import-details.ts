import { setImmediate as nextTick } from 'node:timers/promises';
import { ConnectorError, type FileConnector, type SourceBatch } from '../../connectors/connector.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findIdsByValue } from '../../storage/entitlements/entitlements-by-value.ts';
import { type GovernedEntitlement, shownDescription, shownName } from '../../storage/entitlements/entitlements.ts';
import { lockGoverned } from '../../storage/entitlements/governance-updates.ts';
import { fold } from '../../storage/query/fold.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { shownValue } from '../shown-value.ts';
import { groupSchemasOf, listSchemas, type SourceSchema } from '../sources/source-schemas.ts';
import { type BulkChange, planChanges, storePlanned } from './bulk-change.ts';
import {
  type BadDetailRow,
  type DetailRow,
  detailRow,
  detailSchema,
  missingColumns,
  optionalColumns,
  requiredColumns,
} from './detail-rows.ts';
import { directPrivilege } from './privilege.ts';

/** A file with details of entitlements of a source. */
export interface DetailsFile {
  readonly sourceId: string;
  /** The path of the file. */
  readonly file: string;
  /** Reads the file. */
  readonly connector: FileConnector;
  /** The maximum number of lines. */
  readonly mostRows: number;
}

/** What an import has done. */
export interface DetailsOutcome {
  /** The lines of the file. */
  readonly total: number;
  /** Those whose entitlement exists and now has the details. */
  readonly updated: number;
  /** The entitlements that have changed; the others had the details before. */
  readonly saved: number;
  /** Why the other lines had no effect, for the first of them. */
  readonly problems: readonly BadDetailRow[];
}

/** How many lines one transaction handles: some ten milliseconds of work. */
const batchSize = 200;
/** How many lines are named in errors and answers. */
const mostNamed = 100;

/**
 * Sets names, descriptions and privileges of existing entitlements from a file, by the rules for the patch of one
 * entitlement: what differs from the present value counts as updated manually. Nothing is changed if a line cannot be
 * used; lines whose entitlement does not exist have no effect. If it is interrupted, a repeated import does the rest.
 * @throws 400 for a file that cannot be read, has unknown or missing columns or too many lines, and for lines that cannot
 *   be used, which it names
 */
export async function importDetails(
  database: Database,
  details: DetailsFile,
  context: ChangeContext,
): Promise<DetailsOutcome> {
  const total = await checkedRows(details);
  const schemas = groupSchemasOf(await listSchemas(database, details.sourceId));
  const problems: BadDetailRow[] = [];
  let updated = 0;
  let saved = 0;
  for await (const { columns, rows } of batchesOf(details)) {
    for (let first = 0; first < rows.length; first += batchSize) {
      const usable = rows.slice(first, first + batchSize).map((row) => detailRow(columns, row));
      const done = await database.write((transaction) =>
        importBatch(transaction, details.sourceId, schemas, usable.filter(isUsable), context),
      );
      updated += usable.length - done.problems.length;
      saved += done.saved;
      problems.push(...done.problems.slice(0, mostNamed - problems.length));
      await nextTick();
    }
  }
  return { total, updated, saved, problems };
}

/** Reads the whole file, and returns the number of its rows. */
async function checkedRows({ mostRows, ...details }: DetailsFile): Promise<number> {
  const bad: BadDetailRow[] = [];
  const lines = new Map<string, number>();
  let total = 0;
  let failed = 0;
  for await (const batch of batchesOf({ mostRows, ...details })) {
    refuseColumns(batch);
    const checked = [...batch.badRows, ...batch.rows.map((row) => detailRow(batch.columns, row))];
    total += checked.length;
    if (total > mostRows) {
      throw badRequestContent(`The file has more than ${mostRows} rows. Split it, or raise MUNIMENT_DETAILS_ROWS.`);
    }
    for (const row of checked) {
      const problem = isUsable(row) ? repetition(row, lines) : row;
      if (problem !== undefined) {
        failed += 1;
        bad.push(...(bad.length < mostNamed ? [problem] : []));
      }
    }
    await nextTick();
  }
  if (failed > 0) {
    const named = bad.toSorted((a, b) => a.line - b.line).map(({ line, problem }) => `Line ${line}: ${problem}`);
    throw badRequestContent(
      `${failed === 1 ? '1 row' : `${failed} rows`} cannot be used, so nothing is imported. ${named[0]}`,
      named,
    );
  }
  if (total === 0) {
    throw badRequestContent('The file has no rows. Send at least one below the header.');
  }
  return total;
}

async function* batchesOf({ file, connector }: DetailsFile): AsyncGenerator<SourceBatch> {
  if (connector.read === undefined) {
    throw new Error('The connector for CSV files cannot read.');
  }
  try {
    yield* connector.read({ file, connectorAttributes: {}, schema: detailSchema });
  } catch (error) {
    throw error instanceof ConnectorError ? illegalValue(error.message, [columnsText]) : error;
  }
}

const columnsText = `The columns are ${requiredColumns.join(', ')}, which are required, and ${optionalColumns.join(', ')}.`;

function refuseColumns(batch: SourceBatch): void {
  const missing = missingColumns(batch);
  if (missing.length > 0) {
    throw illegalValue(`Column: "[]" is unknown and/or column: "[${missing.join(', ')}]" is missing`, [columnsText]);
  }
}

function isUsable(row: DetailRow | BadDetailRow): row is DetailRow {
  return !('problem' in row);
}

function repetition({ line, schema, attributeValue }: DetailRow, lines: Map<string, number>): BadDetailRow | undefined {
  const key = JSON.stringify([schema, attributeValue]);
  const first = lines.get(key);
  if (first !== undefined) {
    return { line, problem: `it is about the same entitlement as line ${first}` };
  }
  lines.set(key, line);
  return undefined;
}

async function importBatch(
  transaction: Transaction,
  sourceId: string,
  schemas: readonly SourceSchema[],
  rows: readonly DetailRow[],
  context: ChangeContext,
): Promise<{ saved: number; problems: BadDetailRow[] }> {
  const problems: BadDetailRow[] = [];
  const byId = new Map<string, DetailRow>();
  for (const [type, group] of Map.groupBy(rows, ({ schema }) => schema)) {
    const values = group.map(({ attributeValue }) => attributeValue);
    const ids = await findIdsByValue(transaction, { sourceId, type }, values);
    for (const row of group) {
      const problem = mismatch(row, schemas);
      const id = ids.get(row.attributeValue);
      if (problem === undefined && id !== undefined) {
        byId.set(id, row);
      } else {
        const unknown = `the source has no entitlement ${shownValue(row.attributeValue)} of schema "${type}"`;
        problems.push({ line: row.line, problem: problem ?? unknown });
      }
    }
  }
  const found = await lockGoverned(transaction, [...byId.keys()]);
  const changeOf = (entitlement: GovernedEntitlement): BulkChange => {
    const row = byId.get(entitlement.id);
    return row === undefined ? {} : { operations: editsOf(entitlement, row) };
  };
  const planned = await planChanges(transaction, found, changeOf, context.actorId);
  const saved = await storePlanned(transaction, planned, context);
  for (const { before, problem } of planned) {
    if (problem !== undefined) {
      problems.push({ line: byId.get(before.id)?.line ?? 0, problem: problem.message });
    }
  }
  return { saved, problems: problems.toSorted((a, b) => a.line - b.line) };
}

/** Returns why the schema or the attribute of a row is not that of an entitlement of the source. */
function mismatch({ schema: name, attributeName }: DetailRow, schemas: readonly SourceSchema[]): string | undefined {
  const schema = schemas.find((known) => known.name === name);
  if (schema === undefined) {
    return `the source has no entitlement schema ${shownValue(name)}`;
  }
  const { accountAttribute } = schema;
  return accountAttribute === null || fold(accountAttribute) === fold(attributeName)
    ? undefined
    : `accounts have the entitlements of schema "${name}" in the attribute "${accountAttribute}", not ${shownValue(attributeName)}`;
}

/** What a person would patch: the values that differ. */
function editsOf(entitlement: GovernedEntitlement, { displayName, description, privileged }: DetailRow): object[] {
  const replace = (path: string, value: unknown): object => ({ op: 'replace', path, value });
  return [
    ...(displayName === undefined || displayName === shownName(entitlement) ? [] : [replace('/name', displayName)]),
    ...(description === undefined || description === shownDescription(entitlement)
      ? []
      : [replace('/description', description)]),
    ...(privileged === undefined || privileged === (directPrivilege(entitlement) === 'HIGH')
      ? []
      : [replace('/privilegeOverride/level', privileged ? 'HIGH' : 'NONE')]),
  ];
}
