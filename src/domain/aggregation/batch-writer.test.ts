import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addHeldTask } from '../../../tests/support/tasks.ts';
import { BatchWriter } from './batch-writer.ts';
import { AggregationReport } from './report.ts';
import type { AggregationRun } from './run.ts';

const progress = { text: 'Applying', percent: 50 };

describeStorage('batch writer', (database) => {
  let run: AggregationRun;

  beforeEach(async () => {
    run = {
      database: database(),
      task: await addHeldTask(database()),
      report: new AggregationReport({}, {}),
      signal: new AbortController().signal,
    } as Partial<AggregationRun> as AggregationRun;
  });

  test('writes one batch at a time and prepares the next one meanwhile if the engine runs elsewhere', async () => {
    const seen: string[] = [];
    const batches = new BatchWriter(run);
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await sleep(20);
      seen.push(`${name} ends`);
      return { created: 1 };
    };
    await batches.begin(progress, work('first'));
    seen.push('second is prepared');
    await batches.begin(progress, work('second'));
    await batches.written();
    const first = ['first begins', 'first ends'];
    expect(seen.filter((line) => line !== 'second is prepared')).toEqual([...first, 'second begins', 'second ends']);
    expect(seen.indexOf('second is prepared') < seen.indexOf('first ends')).toBe(database().dialect.writesElsewhere);
    expect(run.report.counts.created).toBe(2);
  });

  test('reports that a batch failed before another one is written', async () => {
    const batches = new BatchWriter(run);
    const writing = async (): Promise<void> => {
      await batches.begin(progress, async () => {
        throw new Error('on purpose');
      });
      await batches.turn();
      await sleep(20);
      await batches.begin(progress, async () => ({ created: 1 }));
    };
    await expect(writing()).rejects.toThrow('on purpose');
    await batches.written();
    expect(run.report.counts.created).toBe(0);
  });
});
