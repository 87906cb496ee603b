import { rotateKey } from '../main.ts';
import type { LocalFlags } from './local-flags.ts';
import { settingsOf } from './settings.ts';

/** `muniment rotate-signing-key`: works while servers run; they use the new key within a minute. */
export async function rotateSigningKey({ json, ...flags }: LocalFlags): Promise<void> {
  const config = settingsOf(flags);
  const id = await rotateKey(config);
  console.log(json === true ? JSON.stringify({ id }) : `Tokens are now signed with key ${id}.`);
}
