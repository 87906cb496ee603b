import { CommanderError } from 'commander';
import { SettingError } from '../config.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { makeProgram } from './program.ts';

try {
  await makeProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has written what is wrong, or the help that was asked for.
    process.exitCode = error.exitCode === 0 ? exitCodes.done.code : exitCodes.wrongUse.code;
  } else if (error instanceof SettingError || error instanceof CommandFailure) {
    console.error(error.message);
    process.exitCode = error instanceof SettingError ? exitCodes.wrongUse.code : error.exitCode;
  } else {
    throw error;
  }
}
