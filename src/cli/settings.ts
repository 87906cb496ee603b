import { type Config, readConfig } from '../config.ts';

type Flags = Readonly<Record<string, string | undefined>>;

/**
 * The settings of a command that runs a server or works on its files, from its flags, the environment and the file
 * that one of them names.
 * @param defaults values by setting name that go before the usual defaults
 * @throws SettingError
 */
export function settingsOf(flags: Flags, defaults: Flags = {}): Config {
  return readConfig(flags, process.env, flags['config'] ?? (process.env['MUNIMENT_CONFIG'] || undefined), defaults);
}
