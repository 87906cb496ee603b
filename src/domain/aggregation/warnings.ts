import { shownValue } from '../shown-value.ts';
import type { AggregationReport } from './report.ts';

/** Something odd about an object that is taken all the same. */
export interface Warning {
  /** No level of privilege; not a value of the attribute's type; a parent that is the object itself. */
  readonly kind: 'privilege' | 'type' | 'own-parent';
  readonly column: string;
  /** The type of the column's attribute. */
  readonly type: string;
  readonly value: string;
  readonly line: number;
}

interface Warned {
  readonly first: Warning;
  readonly lines: number[];
  count: number;
}

/** How many lines a message names. */
const linesInMessage = 5;

/** The warnings of one run: one message for each column and kind, with their number and the first lines. */
export class Warnings {
  readonly #found = new Map<string, Warned>();

  add(warning: Warning): void {
    const key = JSON.stringify([warning.kind, warning.column]);
    const known = this.#found.get(key);
    if (known === undefined) {
      this.#found.set(key, { first: warning, lines: [warning.line], count: 1 });
      return;
    }
    known.count += 1;
    // Objects come in the order of their keys: the first lines are kept, in order.
    known.lines.push(warning.line);
    if (known.lines.length > 2 * linesInMessage) {
      trim(known.lines);
    }
  }

  /** Tells the report. None of them keeps the run from deleting: the objects were there. */
  reportTo(report: AggregationReport): void {
    for (const { first, lines, count } of this.#found.values()) {
      trim(lines);
      const objects = `${count} ${count === 1 ? 'object' : 'objects'}`;
      const place = `${objects} (${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${count > lines.length ? ', …' : ''})`;
      const parameters = [first.column, String(count), lines.join(', ')];
      const example = `for example ${shownValue(first.value)}`;
      if (first.kind === 'privilege') {
        report.warn(
          'privilege_not_known',
          `${first.column} of ${place} is none of true, false, HIGH, MEDIUM, LOW and NONE, ${example}. The source gives them no level.`,
          parameters,
        );
      } else if (first.kind === 'type') {
        report.warn(
          'value_not_of_type',
          `${first.column} of ${place} is not of type ${first.type}, ${example}. It stays the text it is.`,
          parameters,
        );
      } else {
        report.inform(
          'parent_of_itself',
          `${first.column} of ${place} names the object itself. It has no such parent.`,
          parameters,
        );
      }
    }
  }
}

function trim(lines: number[]): void {
  lines.sort((a, b) => a - b);
  lines.length = Math.min(lines.length, linesInMessage);
}
