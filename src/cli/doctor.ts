import { type Config, readConfig, SettingError } from '../config.ts';
import { examine, type Finding } from '../doctor.ts';
import { isExposed } from './running.ts';

/** `muniment doctor`: one line for each check; ends with 1 when something is wrong. */
export async function doctor({
  thorough,
  ...flags
}: Record<string, string | undefined> & { readonly thorough?: true }): Promise<void> {
  const config = readSettings(flags);
  if (config === undefined) {
    return;
  }
  report(
    isExposed(config)
      ? {
          subject: 'settings',
          outcome: 'note',
          text: `${config.host} is reached by other machines without encryption.`,
        }
      : { subject: 'settings', outcome: 'ok', text: 'all are allowed.' },
  );
  for await (const finding of examine(config, thorough ?? false)) {
    report(finding);
  }
}

function readSettings(flags: Record<string, string | undefined>): Config | undefined {
  try {
    return readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  } catch (error) {
    if (!(error instanceof SettingError)) {
      throw error;
    }
    report({ subject: 'settings', outcome: 'wrong', text: error.message });
    return undefined;
  }
}

function report({ outcome, subject, text }: Finding): void {
  console.log(`${outcome.padEnd(5)}  ${subject}: ${text}`);
  if (outcome === 'wrong') {
    process.exitCode = 1;
  }
}
