/** Runs one real server that validates its responses against their schemas; its settings come from the environment. */
import { readConfig } from '../../../src/config.ts';
import { startMuniment } from '../../../src/main.ts';

const muniment = await startMuniment(readConfig({}, process.env, undefined), { checkResponses: true });
process.once('SIGTERM', () => {
  void muniment.stop();
});
process.send?.({ url: muniment.url });
