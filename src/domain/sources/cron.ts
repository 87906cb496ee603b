import { Cron } from 'croner';
import { illegalValue, type MunimentError } from '../../errors.ts';
import { shownValue } from '../shown-value.ts';

/** The maximum length of an expression, in characters. */
const longest = 200;
const example = 'such as "0 0 5,13,21 * * ?" for 5:00, 13:00 and 21:00 UTC';

/**
 * Checks a Quartz cron expression: seconds, minutes, hours, day of month, month, day of week (1 is Sunday) and,
 * optionally, year. The seconds must be one number, so that it never occurs more than once a minute.
 * @param now UTC milliseconds
 * @throws 400 that names the wrong part; also if no time after `now` matches
 */
export function checkCronExpression(expression: string, now: number): void {
  if (expression.length > longest) {
    throw illegalValue(`Field "cronExpression" has ${expression.length} characters. At most ${longest} are allowed.`);
  }
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== 6 && parts.length !== 7) {
    throw wrong(
      expression,
      `have 6 or 7 parts: seconds, minutes, hours, day of month, month, day of week and, optionally, year, ${example}`,
    );
  }
  const [seconds = '', , , day = '', , weekday = ''] = parts;
  if (!/^[0-5]?\d$/.test(seconds)) {
    throw wrong(
      expression,
      `begin with one number of seconds, 0 to 59, ${example}: a source is read at most once a minute`,
    );
  }
  if (!isAny(day) && !isAny(weekday)) {
    throw wrong(expression, `have "?" as the day of month or as the day of week, ${example}`);
  }
  if (nextTime(expression, now) === undefined) {
    throw wrong(expression, `match a time in the future, ${example}`);
  }
}

/**
 * Returns the first time after `after` that matches an expression, both in UTC milliseconds; undefined if there is none.
 * Throws a 400 if the expression is invalid.
 */
export function nextTime(expression: string, after: number): number | undefined {
  return parsed(expression).nextRun(new Date(after))?.getTime();
}

function parsed(expression: string): Cron {
  const pattern = expression.trim().replaceAll('?', '*');
  try {
    return new Cron(pattern, {
      mode: '6-or-7-parts',
      timezone: 'UTC',
      // As in Quartz: 1 is Sunday, and 1/2 means every second one from 1.
      alternativeWeekdays: true,
      sloppyRanges: true,
      paused: true,
    });
  } catch (error) {
    throw wrong(expression, `be a Quartz cron expression, ${example}`, [
      error instanceof Error ? error.message : String(error),
    ]);
  }
}

function isAny(part: string): boolean {
  return part === '?' || part === '*';
}

function wrong(expression: string, rule: string, causes: readonly string[] = []): MunimentError {
  return illegalValue(`Field "cronExpression" is ${shownValue(expression)}. It must ${rule}.`, causes);
}
