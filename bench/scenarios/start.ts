import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** The time from the start of the process to its first response, with the full catalogue. */
export const start: Scenario = {
  name: 'start',
  title: 'Start on the full database',
  floor: '',
  isPortable: false,
  budget: { 'until ready': { atMost: 1 } },
  run: async (context) => {
    const [measured = []] = await inTurn(context.repetitions, async () => {
      const target = await context.serve();
      await target.stop();
      return target.startSeconds;
    });
    return [{ name: 'until ready', unit: 's', measured }];
  },
};
