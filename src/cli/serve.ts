import { startMuniment } from '../main.ts';
import { stopOnSignal, warnIfExposed } from './running.ts';
import { settingsOf } from './settings.ts';

/** `muniment serve`: starts the server and runs it until it is stopped. */
export async function serve(flags: Record<string, string | undefined>): Promise<void> {
  const config = settingsOf(flags);
  const muniment = await startMuniment(config);
  stopOnSignal(muniment);
  warnIfExposed(config);
  if (muniment.newCredentials !== undefined) {
    const { clientId, clientSecret } = muniment.newCredentials;
    console.log('A token of the administrator was created. Save these credentials: they are not shown again.');
    console.log(`client id: ${clientId}`);
    // A secret from the settings is already known, and must not end up in a log.
    console.log(`client secret: ${config.bootstrapClientSecret === undefined ? clientSecret : '(as set)'}`);
  }
  console.log(`Muniment listens on ${muniment.url} (API reference: ${muniment.url}/docs)`);
}
