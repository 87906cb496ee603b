import { readConfig } from '../config.ts';
import { rotateKey } from '../main.ts';
import type { LocalFlags } from './local-flags.ts';

/** `muniment rotate-signing-key`: works beside running servers, which take the new key within a minute. */
export async function rotateSigningKey({ json, ...flags }: LocalFlags): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const id = await rotateKey(config);
  console.log(json === true ? JSON.stringify({ id }) : `Tokens are signed with key ${id} from now on.`);
}
