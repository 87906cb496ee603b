import { readConfig } from '../config.ts';
import { rotateKey } from '../main.ts';

/** `muniment rotate-signing-key`: works beside running servers, which take the new key within a minute. */
export async function rotateSigningKey(flags: Record<string, string | undefined>): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const id = await rotateKey(config);
  console.log(`Tokens are signed with key ${id} from now on.`);
}
