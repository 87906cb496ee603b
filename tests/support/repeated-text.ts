import type { TextJob } from '../../src/domain/text-job.ts';

/** Returns a text repeated, for tests of the reader threads. */
export const repeatedText: TextJob<{ readonly text: string; readonly times: number }> = {
  module: import.meta.url,
  name: 'repeatedText',
  run: async (_reads, { text, times }) => {
    if (times < 0) {
      throw new Error('A text cannot be repeated less than never.');
    }
    return text.repeat(times);
  },
};
