import { CommanderError } from 'commander';
import { SettingError } from '../config.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { makeProgram } from './program.ts';
import { exitOnOutputError } from './remote/output.ts';

exitOnOutputError();
try {
  await makeProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already printed the error or the help.
    process.exitCode = error.exitCode === 0 ? exitCodes.done.code : exitCodes.wrongUse.code;
  } else if (error instanceof SettingError || error instanceof CommandFailure) {
    console.error(error.message);
    process.exitCode = error instanceof CommandFailure ? error.exitCode : codeOf(error);
  } else {
    throw error;
  }
}

function codeOf({ passes }: SettingError): number {
  return (passes ? exitCodes.unreachable : exitCodes.wrongUse).code;
}
