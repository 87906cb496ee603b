import { shortened } from '../../error-text.ts';
import type { TaskProblem } from '../../storage/tasks/task-problems.ts';
import type { TaskMessage } from '../../storage/tasks/tasks.ts';

/** How many problems a task's messages list; a longer list is kept beside the task. */
const problemsInMessages = 100;

/**
 * How many problems that list has at most, and how many lines one of them names: a file of nothing but bad rows must
 * not fill the memory of its task, nor the list that of the server that sends it.
 */
const mostProblems = 100_000;
const mostLines = 20;
const longestProblem = 300;

/** How many lines the message of a problem names. */
const linesShown = 5;

/** The figures of an aggregation. "Objects" are what it is about: entitlements or accounts. */
export interface AggregationCounts {
  /** Objects in the input. */
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Of the created ones, those that had been there before and returned. */
  readonly restored: number;
  readonly unchanged: number;
  /** Missing from the input, but kept because an account of the source holds them. */
  readonly kept: number;
  readonly badRows: number;
  /** Entitlements that only accounts brought. */
  readonly entitlementsCreated: number;
  /** Entitlements that no file lists and that lost their last holder. */
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

/** What counts changes: interrupted attempts add to these. The others are found out anew by each attempt. */
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

/** The names of figures among a task's attributes; a figure without a name is not shown. */
export type CountNames = Readonly<Partial<Record<keyof AggregationCounts, string>>>;

/** What an aggregation did and found: its figures, its problems and its warnings. */
export class AggregationReport {
  readonly #facts: Readonly<Record<string, unknown>>;
  readonly #names: CountNames;
  readonly #problems: TaskProblem[] = [];
  readonly #warnings: TaskMessage[] = [];
  /** What earlier attempts changed: this attempt finds it unchanged, but it is counted already. */
  readonly #changedBefore: number;
  #counts: AggregationCounts;
  #problemsFound = 0;

  /**
   * @param facts attributes of the task that stay as they are, e.g. `applications`
   * @param done the attributes that earlier attempts of the same task left: what they did stays counted
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

  /** The first problems that were found, in the order of the file. */
  get problems(): readonly TaskProblem[] {
    return this.#problems.toSorted((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
  }

  /** Adds to figures. */
  add(more: Partial<AggregationCounts>): void {
    this.#counts = sum(this.#counts, more);
  }

  /** The task's attributes if `more` were added: what a transaction records before it is known to be committed. */
  attributesWith(more: Partial<AggregationCounts>): Record<string, unknown> {
    const counts = sum(this.#counts, more);
    const shown = { ...counts, unchanged: Math.max(0, counts.unchanged - this.#changedBefore) };
    const names = Object.entries(this.#names) as [keyof AggregationCounts, string][];
    return { ...this.#facts, ...Object.fromEntries(names.map(([count, name]) => [name, shown[count]])) };
  }

  /** Notes rows that cannot be used. */
  addProblem(problem: TaskProblem): void {
    this.#problemsFound += 1;
    if (this.#problems.length < mostProblems) {
      this.#problems.push(bounded(problem));
    }
    this.#counts = { ...this.#counts, badRows: this.#counts.badRows + problem.lines.length };
  }

  /** @param key what kind of message it is, for programs; `parameters` are its figures */
  warn(key: string, text: string, parameters: readonly string[] = []): void {
    this.#warnings.push({ type: 'WARN', key, text, parameters });
  }

  inform(key: string, text: string, parameters: readonly string[] = []): void {
    this.#warnings.push({ type: 'INFO', key, text, parameters });
  }

  get hasWarnings(): boolean {
    return this.#warnings.some((message) => message.type === 'WARN');
  }

  /** The messages of the task: the warnings, then the first problems in the order of the file. */
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
                  : `There are ${rest} more problems; the task's list of problems ends after ${mostProblems}, without the last ${unlisted}.`,
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
