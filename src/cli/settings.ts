import { type Config, readConfig } from '../config.ts';

type Flags = Readonly<Record<string, string | undefined>>;

/**
 * Returns the settings of a command that runs a server or works on its files, from its flags, the environment and the
 * settings file.
 * @param defaults values by setting name that override the built-in defaults
 * @throws SettingError
 */
export function settingsOf(flags: Flags, defaults: Flags = {}): Config {
  return readConfig(flags, process.env, flags['config'] ?? (process.env['MUNIMENT_CONFIG'] || undefined), defaults);
}
