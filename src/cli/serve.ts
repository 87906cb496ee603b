import { readConfig } from '../config.ts';
import { startMuniment } from '../main.ts';
import { stopOnSignal, warnIfExposed } from './running.ts';

/** `muniment serve`: starts the server and runs until it is told to stop. */
export async function serve(flags: Record<string, string | undefined>): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const muniment = await startMuniment(config);
  stopOnSignal(muniment);
  warnIfExposed(config);
  if (muniment.newCredentials !== undefined) {
    const { clientId, clientSecret } = muniment.newCredentials;
    console.log('The administrator was made. Keep these: they are not shown again.');
    console.log(`client id: ${clientId}`);
    console.log(`client secret: ${clientSecret}`);
  }
  console.log(`Muniment listens on ${muniment.url} (reference: ${muniment.url}/docs)`);
}
