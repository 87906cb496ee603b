import { shortened } from '../../error-text.ts';
import type { TaskProblem } from '../../storage/tasks/task-problems.ts';
import type { TaskMessage } from '../../storage/tasks/tasks.ts';

/** How many problems are listed in a task's messages; the complete list is stored with the task. */
const problemsInMessages = 100;

/**
 * Limits of that list: the number of problems, and of lines per problem. A file of nothing but bad rows must not exhaust
 * the memory of its task or of the server that sends the list.
 */
const mostProblems = 100_000;
const mostLines = 20;
const longestProblem = 300;

/** How many lines the message of a problem lists. */
const linesShown = 5;

/** The counts of an aggregation. "Objects" are entitlements or accounts. */
export interface AggregationCounts {
  /** Objects in the input. */
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Of the created objects, those that had been deleted and returned. */
  readonly restored: number;
  readonly unchanged: number;
  /** Missing from the input, but kept because an account of the source holds them. */
  readonly kept: number;
  readonly badRows: number;
  /** Entitlements created because an account refers to them. */
  readonly entitlementsCreated: number;
  /** Entitlements that no file lists and that have lost their last holder. */
  readonly entitlementsDeleted: number;
  readonly identitiesCreated: number;
  readonly identitiesUpdated: number;
}

const noCounts: AggregationCounts = {
  total: 0,
  created: 0,
  updated: 0,
  deleted: 0,
  restored: 0,
  unchanged: 0,
  kept: 0,
  badRows: 0,
  entitlementsCreated: 0,
  entitlementsDeleted: 0,
  identitiesCreated: 0,
  identitiesUpdated: 0,
};

/** Counts of changes, which add up over interrupted attempts. Each attempt determines the others anew. */
const changing = [
  'created',
  'updated',
  'deleted',
  'restored',
  'entitlementsCreated',
  'entitlementsDeleted',
  'identitiesCreated',
  'identitiesUpdated',
] as const satisfies readonly (keyof AggregationCounts)[];

/** The names of counts among a task's attributes; a count without a name is not shown. */
export type CountNames = Readonly<Partial<Record<keyof AggregationCounts, string>>>;

/** The results of an aggregation: counts, problems and warnings. */
export class AggregationReport {
  readonly #facts: Readonly<Record<string, unknown>>;
  readonly #names: CountNames;
  readonly #problems: TaskProblem[] = [];
  readonly #warnings: TaskMessage[] = [];
  /** Changes of earlier attempts: they appear as unchanged in this attempt, but are already counted. */
  readonly #changedBefore: number;
  #counts: AggregationCounts;
  #problemsFound = 0;

  /**
   * @param facts constant attributes of the task, e.g. `applications`
   * @param done the attributes that earlier attempts of the same task left, whose counts are kept
   */
  constructor(
    facts: Readonly<Record<string, unknown>>,
    names: CountNames,
    done: Readonly<Record<string, unknown>> = {},
  ) {
    this.#facts = facts;
    this.#names = names;
    const doneCounts = changing.map((count) => [count, Number(done[names[count] ?? ''] ?? 0)]);
    this.#counts = { ...noCounts, ...(Object.fromEntries(doneCounts) as Partial<AggregationCounts>) };
    this.#changedBefore = this.#counts.created + this.#counts.updated;
  }

  get counts(): AggregationCounts {
    return this.#counts;
  }

  /** The first problems found, in the order of the file. */
  get problems(): readonly TaskProblem[] {
    return this.#problems.toSorted((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
  }

  /** Adds to the counts. */
  add(more: Partial<AggregationCounts>): void {
    this.#counts = sum(this.#counts, more);
  }

  /** The task's attributes as if `more` were added, for a transaction that may still fail. */
  attributesWith(more: Partial<AggregationCounts>): Record<string, unknown> {
    const counts = sum(this.#counts, more);
    const shown = { ...counts, unchanged: Math.max(0, counts.unchanged - this.#changedBefore) };
    const names = Object.entries(this.#names) as [keyof AggregationCounts, string][];
    return { ...this.#facts, ...Object.fromEntries(names.map(([count, name]) => [name, shown[count]])) };
  }

  /** Adds unusable rows. */
  addProblem(problem: TaskProblem): void {
    this.#problemsFound += 1;
    if (this.#problems.length < mostProblems) {
      this.#problems.push(bounded(problem));
    }
    this.#counts = { ...this.#counts, badRows: this.#counts.badRows + problem.lines.length };
  }

  /** @param key the kind of message, for programs; `parameters` are its values */
  warn(key: string, text: string, parameters: readonly string[] = []): void {
    this.#warnings.push({ type: 'WARN', key, text, parameters });
  }

  inform(key: string, text: string, parameters: readonly string[] = []): void {
    this.#warnings.push({ type: 'INFO', key, text, parameters });
  }

  get hasWarnings(): boolean {
    return this.#warnings.some((message) => message.type === 'WARN');
  }

  /** The messages of the task: warnings, then the first problems in the order of the file. */
  messages(): TaskMessage[] {
    const { problems } = this;
    const listed = problems.slice(0, problemsInMessages).map(({ lines, problem }): TaskMessage => ({
      type: 'WARN',
      key: 'row_not_usable',
      text: `${placeOf(lines)}: ${problem}`,
      parameters: lines.slice(0, linesShown).map(String),
    }));
    const rest = this.#problemsFound - listed.length;
    const unlisted = this.#problemsFound - problems.length;
    return [
      ...this.#warnings,
      ...listed,
      ...(rest > 0
        ? [
            {
              type: 'WARN' as const,
              key: 'more_problems',
              text:
                unlisted === 0
                  ? `${rest} more problems are in the task's list of problems.`
                  : `There are ${rest} more problems; the task's list of problems is limited to ${mostProblems} and omits the last ${unlisted}.`,
              parameters: [String(rest)],
            },
          ]
        : []),
    ];
  }
}

function sum(counts: AggregationCounts, more: Partial<AggregationCounts>): AggregationCounts {
  const names = Object.keys(noCounts) as (keyof AggregationCounts)[];
  return Object.fromEntries(
    names.map((name) => [name, counts[name] + (more[name] ?? 0)]),
  ) as unknown as AggregationCounts;
}

function bounded({ lines, problem }: TaskProblem): TaskProblem {
  const unnamed = lines.length - mostLines;
  const text = shortened(problem, longestProblem);
  return unnamed > 0
    ? {
        lines: lines.slice(0, mostLines),
        problem: `${text} (and in ${unnamed} more ${unnamed === 1 ? 'line' : 'lines'})`,
      }
    : { lines, problem: text };
}

function placeOf(lines: readonly number[]): string {
  const shown = lines.slice(0, linesShown).join(', ');
  return `${lines.length === 1 ? 'Line' : 'Lines'} ${shown}${lines.length > linesShown ? ', …' : ''}`;
}
