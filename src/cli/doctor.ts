import { type Config, SettingError } from '../config.ts';
import { examine, type Finding } from '../doctor.ts';
import { exitCodes } from './exit-codes.ts';
import type { LocalFlags } from './local-flags.ts';
import { isExposed } from './running.ts';
import { settingsOf } from './settings.ts';
import { unknownVariables } from './unknown-variables.ts';

/** `muniment doctor`: prints one line per check; exits with 1 if one is wrong. */
export async function doctor({ json, thorough, ...flags }: LocalFlags): Promise<void> {
  const findings: Finding[] = [];
  for await (const finding of findingsOf(flags, thorough === true)) {
    findings.push(finding);
    if (finding.outcome === 'wrong') {
      process.exitCode = exitCodes.failed.code;
    }
    if (json !== true) {
      console.log(`${finding.outcome.padEnd(5)}  ${finding.subject}: ${finding.text}`);
    }
  }
  if (json === true) {
    console.log(JSON.stringify(findings, null, 2));
  }
}

async function* findingsOf(flags: Record<string, string | undefined>, isThorough: boolean): AsyncGenerator<Finding> {
  for (const text of unknownVariables(process.env)) {
    yield { subject: 'settings', outcome: 'note', text };
  }
  const config = readSettings(flags);
  if (typeof config === 'string') {
    yield { subject: 'settings', outcome: 'wrong', text: config };
    return;
  }
  yield isExposed(config)
    ? {
        subject: 'settings',
        outcome: 'note',
        text: `${config.host} is reachable from other machines without encryption.`,
      }
    : { subject: 'settings', outcome: 'ok', text: 'all are valid.' };
  yield* examine(config, isThorough);
}

/** Returns the settings, or what is wrong with them. */
function readSettings(flags: Record<string, string | undefined>): Config | string {
  try {
    return settingsOf(flags);
  } catch (error) {
    if (!(error instanceof SettingError)) {
      throw error;
    }
    return error.message;
  }
}
