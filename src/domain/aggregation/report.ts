import type { TaskProblem } from '../../storage/task-problems.ts';
import type { TaskMessage } from '../../storage/tasks.ts';

/** How many problems a task's messages list; the whole list is kept beside the task. */
const problemsInMessages = 100;

/** How many lines the message of a problem names. */
const linesShown = 5;

/** The figures of an aggregation of entitlements; the first five are the contract's `returns`. */
export interface EntitlementCounts {
  readonly total: number;
  readonly groupsCreated: number;
  readonly groupsUpdated: number;
  readonly groupsDeleted: number;
  /** Of the created ones, those that had been there before and returned. */
  readonly groupsRestored: number;
  readonly groupsUnchanged: number;
  /** Missing from the input, but kept because an account of the source holds them. */
  readonly groupsKept: number;
  readonly badRows: number;
}

const noCounts: EntitlementCounts = {
  total: 0,
  groupsCreated: 0,
  groupsUpdated: 0,
  groupsDeleted: 0,
  groupsRestored: 0,
  groupsUnchanged: 0,
  groupsKept: 0,
  badRows: 0,
};

/** What an aggregation did and found: its figures, its problems and its warnings. */
export class AggregationReport {
  readonly #application: string;
  readonly #problems: TaskProblem[] = [];
  readonly #warnings: TaskMessage[] = [];
  /** What earlier attempts changed: this attempt finds it unchanged, but it is counted already. */
  readonly #changedBefore: number;
  #counts: EntitlementCounts;

  /** @param done what earlier attempts of the same task already did; it stays counted */
  constructor(application: string, done: Partial<EntitlementCounts>) {
    this.#application = application;
    const { groupsCreated = 0, groupsUpdated = 0, groupsDeleted = 0, groupsRestored = 0 } = done;
    this.#changedBefore = groupsCreated + groupsUpdated;
    this.#counts = { ...noCounts, groupsCreated, groupsUpdated, groupsDeleted, groupsRestored };
  }

  get counts(): EntitlementCounts {
    return this.#counts;
  }

  get problems(): readonly TaskProblem[] {
    return this.#problems;
  }

  /** Adds to figures. */
  add(more: Partial<EntitlementCounts>): void {
    this.#counts = AggregationReport.sum(this.#counts, more);
  }

  /** The figures if `more` were added: what a transaction records before it is known to be committed. */
  attributesWith(more: Partial<EntitlementCounts>): Record<string, unknown> {
    const counts = AggregationReport.sum(this.#counts, more);
    const groupsUnchanged = Math.max(0, counts.groupsUnchanged - this.#changedBefore);
    return { applications: this.#application, ...counts, groupsUnchanged };
  }

  /** Notes rows that cannot be used. */
  addProblem(problem: TaskProblem): void {
    this.#problems.push(problem);
    this.add({ badRows: problem.lines.length });
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
    this.#problems.sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
    const listed = this.#problems.slice(0, problemsInMessages).map(({ lines, problem }): TaskMessage => ({
      type: 'WARN',
      key: 'row_not_usable',
      text: `${placeOf(lines)}: ${problem}`,
      parameters: lines.slice(0, linesShown).map(String),
    }));
    const rest = this.#problems.length - listed.length;
    return [
      ...this.#warnings,
      ...listed,
      ...(rest > 0
        ? [
            {
              type: 'WARN' as const,
              key: 'more_problems',
              text: `${rest} more problems are in the task's list of problems.`,
              parameters: [String(rest)],
            },
          ]
        : []),
    ];
  }

  static sum(counts: EntitlementCounts, more: Partial<EntitlementCounts>): EntitlementCounts {
    const names = Object.keys(noCounts) as (keyof EntitlementCounts)[];
    return Object.fromEntries(
      names.map((name) => [name, counts[name] + (more[name] ?? 0)]),
    ) as unknown as EntitlementCounts;
  }
}

function placeOf(lines: readonly number[]): string {
  const shown = lines.slice(0, linesShown).join(', ');
  return `${lines.length === 1 ? 'Line' : 'Lines'} ${shown}${lines.length > linesShown ? ', …' : ''}`;
}
