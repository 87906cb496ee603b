import type { Stage, StagedRow } from '../../storage/stage/stage.ts';
import type { AggregatedObjects, SourceObject } from './objects.ts';
import { descriptionColumnOf, isSingle } from './read-attributes.ts';
import { type AggregationRun, RunRefused, showProgress } from './run.ts';
import { isTooLong, longestLongText, longestText } from '../text-limit.ts';

/** What staging needs of a connector's batch. */
export interface InputBatch {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly (string | readonly string[])[] }[];
  readonly badRows: readonly { readonly line: number; readonly problem: string }[];
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

/** What was staged: the columns, and the number of rows in the input including bad rows. */
export interface StagedInput {
  readonly columns: readonly string[];
  readonly rowsSeen: number;
}

type Input = Pick<AggregatedObjects<SourceObject>, 'schema' | 'isIndexed' | 'mappingHash'>;

/** Reads the whole input into the stage. Unusable rows are added to the report as problems. */
export async function stageInput(
  run: AggregationRun,
  objects: Input,
  stage: Stage,
  batches: AsyncIterable<InputBatch>,
): Promise<StagedInput> {
  let columns: readonly string[] = [];
  let rowsSeen = 0;
  for await (const batch of batches) {
    columns = batch.columns;
    rowsSeen += batch.rows.length + batch.badRows.length;
    for (const { line, problem } of batch.badRows) {
      run.report.addProblem({ lines: [line], problem });
    }
    stage.add(
      usableRows(run, objects, batch),
      columns.map((column) => isSingle(objects.schema, column)),
      objects.mappingHash(columns),
    );
    await showProgress(run, { text: `Reading: ${rowsSeen} rows`, percent: 50 * share(batch) });
  }
  stage.sort();
  return { columns, rowsSeen };
}

/** The part of the input that has been read, 0 to 1; 0 if the total is unknown. */
function share({ bytesRead, bytesTotal }: InputBatch): number {
  return bytesTotal === null ? 0 : bytesTotal === 0 ? 1 : bytesRead / bytesTotal;
}

function usableRows(run: AggregationRun, { schema, isIndexed }: Input, batch: InputBatch): StagedRow[] {
  const keyIndex = batch.columns.indexOf(schema.identityAttribute ?? '');
  if (keyIndex < 0) {
    throw new RunRefused(
      `The schema "${schema.name}" has "${schema.identityAttribute ?? ''}" as its identityAttribute, but the ${run.input} has no such column.`,
    );
  }
  const checked = batch.columns
    .map((column, index) => (index === keyIndex || isIndexed(column) ? index : -1))
    .filter((index) => index >= 0);
  const descriptionColumn = descriptionColumnOf(batch.columns) ?? '';
  const descriptionIndex = batch.columns.indexOf(descriptionColumn);
  const usable: StagedRow[] = [];
  for (const { line, cells } of batch.rows) {
    const key = String(cells[keyIndex] ?? '');
    const long = checked.find((index) => isCellTooLong(cells[index]));
    const length = Math.max(...[cells[descriptionIndex] ?? ''].flat().map((text) => text.length), 0);
    const problem =
      key === ''
        ? `the key column ${schema.identityAttribute} is empty`
        : long !== undefined
          ? `${batch.columns[long]} is longer than ${longestText} bytes`
          : length > longestLongText
            ? `${descriptionColumn} has ${length} characters, more than ${longestLongText}`
            : undefined;
    if (problem === undefined) {
      usable.push({ key, line, cells });
    } else {
      run.report.addProblem({ lines: [line], problem });
    }
  }
  return usable;
}

function isCellTooLong(cell: StagedRow['cells'][number] = ''): boolean {
  return typeof cell === 'string' ? isTooLong(cell) : cell.some(isTooLong);
}
