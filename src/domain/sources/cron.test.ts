import { describe, expect, test } from 'vitest';
import { checkCronExpression, nextTime } from './cron.ts';

/** A Sunday. */
const start = Date.parse('2026-11-29T08:00:00Z');

/** The next times of an expression. */
function timesOf(expression: string, count = 3): string[] {
  const times: string[] = [];
  for (let time = nextTime(expression, start); time !== undefined && times.length < count;) {
    times.push(new Date(time).toISOString().replace(':00.000Z', ''));
    time = nextTime(expression, time);
  }
  return times;
}

describe('cron expressions', () => {
  test.each([
    ['0 0 5,13,21 * * ?', ['2026-11-29T13:00', '2026-11-29T21:00', '2026-11-30T05:00']],
    ['0 0 12 1/1 * ? *', ['2026-11-29T12:00', '2026-11-30T12:00', '2026-12-01T12:00']],
    ['0 0/20 * * * ?', ['2026-11-29T08:20', '2026-11-29T08:40', '2026-11-29T09:00']],
    ['0 0 6 ? * 2', ['2026-11-30T06:00', '2026-12-07T06:00', '2026-12-14T06:00']],
    ['0 0 6 ? * MON-TUE', ['2026-11-30T06:00', '2026-12-01T06:00', '2026-12-07T06:00']],
    ['0 0 6 ? * 1', ['2026-12-06T06:00', '2026-12-13T06:00', '2026-12-20T06:00']],
    ['0 0 6 L * ?', ['2026-11-30T06:00', '2026-12-31T06:00', '2027-01-31T06:00']],
    ['0 0 6 ? * 6L', ['2026-12-25T06:00', '2027-01-29T06:00', '2027-02-26T06:00']],
    ['0 0 6 ? * 6#2', ['2026-12-11T06:00', '2027-01-08T06:00', '2027-02-12T06:00']],
    ['0 15 6 1 JAN ? 2028', ['2028-01-01T06:15']],
    ['0 0 6 29 2 ?', ['2028-02-29T06:00', '2032-02-29T06:00', '2036-02-29T06:00']],
  ])('%s has the times that Quartz has, in UTC', (expression, times) => {
    expect(() => checkCronExpression(expression, start)).not.toThrow();
    expect(timesOf(expression)).toEqual(times);
  });

  test.each([
    ['', 'have 6 or 7 parts'],
    ['0 5 * * *', 'have 6 or 7 parts'],
    ['0 0 5 * * ? * *', 'have 6 or 7 parts'],
    ['* 0 5 * * ?', 'begin with one number of seconds'],
    ['0/10 0 5 * * ?', 'begin with one number of seconds'],
    ['60 0 5 * * ?', 'begin with one number of seconds'],
    ['0 0 5 1 * 2', 'have "?" as the day of month or as the day of week'],
    ['0 0 25 * * ?', 'be a Quartz cron expression'],
    ['0 61 5 * * ?', 'be a Quartz cron expression'],
    ['0 0 5 * 13 ?', 'be a Quartz cron expression'],
    ['0 0 5 ? * 9', 'be a Quartz cron expression'],
    ['0 0 5 x * ?', 'be a Quartz cron expression'],
    ['0 0 5 5-1 * ?', 'be a Quartz cron expression'],
    ['0 0 5 * * ? 2020', 'match a time in the future'],
    ['0 0 5 30 2 ?', 'match a time in the future'],
    [`0 0 ${'5,'.repeat(100)}5 * * ?`, 'At most 200 are allowed'],
  ])('%s is rejected: %s', (expression, reason) => {
    expect(() => checkCronExpression(expression, start)).toThrow(reason);
  });
});
