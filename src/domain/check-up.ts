import type { Session } from '../storage/database.ts';
import { type FailedJob, listFailedJobs } from '../storage/jobs/job-figures.ts';
import { listOpenTasks, type OpenTask } from '../storage/tasks/open-tasks.ts';
import { listSigningKeys } from '../storage/oauth/signing-keys.ts';

/** The result of one check. A note needs no action. */
export interface Finding {
  readonly subject: string;
  readonly outcome: 'ok' | 'note' | 'wrong';
  readonly text: string;
}

/** A task that has been open for longer, in milliseconds, probably hangs. */
const longestTask = 24 * 60 * 60 * 1000;

/** Checks the signing keys, open tasks and jobs of a migrated database. */
export async function checkRecords(session: Session, now: number): Promise<Finding[]> {
  const keys = await listSigningKeys(session);
  const isSigning = keys.some(({ retired }) => retired === null);
  return [
    {
      subject: 'signing key',
      outcome: isSigning ? 'ok' : 'note',
      text: isSigning ? 'one is in use.' : 'there is none yet; the next start creates one.',
    },
    checkTasks(await listOpenTasks(session), now),
    checkJobs(await listFailedJobs(session)),
  ];
}

/**
 * Compares the spool files with the uploads of open tasks.
 * @param isShared whether several servers share the database, so that an upload may be on another one
 */
export async function checkSpool(session: Session, files: readonly string[], isShared: boolean): Promise<Finding> {
  const open = await listOpenTasks(session);
  const needed = open.flatMap(({ id, file }) => (file === undefined ? [] : [{ id, file }]));
  const lost = isShared ? [] : needed.filter(({ file }) => !files.includes(file));
  // A running task has scratch files, named after its upload, or after its own id if it has none.
  const leftovers = files.filter(
    (name) => !open.some(({ id, file }) => name === file || name.startsWith(`${file ?? id}.`)),
  );
  if (lost.length > 0) {
    const ids = lost.map(({ id }) => id).join(', ');
    return wrong(
      'uploads',
      `the file of task ${ids} is missing; the task will end with an error. Load the file again.`,
    );
  }
  if (leftovers.length > 0) {
    const text = `${leftovers.length} without an open task: they are being uploaded, or the next start deletes them.`;
    return { subject: 'uploads', outcome: 'note', text };
  }
  return { subject: 'uploads', outcome: 'ok', text: `${needed.length} wait for their task.` };
}

function checkTasks(open: readonly OpenTask[], now: number): Finding {
  const [oldest] = open;
  if (oldest === undefined) {
    return { subject: 'tasks', outcome: 'ok', text: 'none is open.' };
  }
  const since = `${oldest.id} (${oldest.type}) since ${new Date(oldest.created).toISOString()}`;
  return now - oldest.created > longestTask
    ? wrong('tasks', `${open.length} open for more than a day, the oldest ${since}. Check its status and the log.`)
    : { subject: 'tasks', outcome: 'note', text: `${open.length} open, the oldest ${since}.` };
}

function checkJobs(failed: readonly FailedJob[]): Finding {
  if (failed.length === 0) {
    return { subject: 'jobs', outcome: 'ok', text: 'none has failed.' };
  }
  const texts = failed.map(({ key, kind, attempts, error, due }) => {
    const name = key === kind ? key : `${kind} ${key}`;
    return `${name} failed (attempt ${attempts}): ${error} Next attempt at ${new Date(due).toISOString()}.`;
  });
  return wrong('jobs', texts.join(' '));
}

function wrong(subject: string, text: string): Finding {
  return { subject, outcome: 'wrong', text };
}
