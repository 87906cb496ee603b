import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connection } from '../../client/client.ts';
import { CommandFailure } from '../exit-codes.ts';

/** Kept connections by the name of their profile. */
export type Profiles = Readonly<Record<string, Connection>>;

/** The file of profiles: `muniment/profiles.json` in the user's folder of settings. */
export function profilesFile(): string {
  const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(folder, 'muniment', 'profiles.json');
}

/** Reads the profiles; none when there is no file. @throws CommandFailure for a file that holds something else */
export function readProfiles(): Profiles {
  const file = profilesFile();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new CommandFailure('wrongUse', `The profiles cannot be read: ${(error as Error).message}.`);
  }
  const profiles = parsed(text);
  if (profiles === undefined) {
    throw new CommandFailure('wrongUse', `${file} does not hold profiles. Remove it and run "muniment login" again.`);
  }
  return profiles;
}

/** Writes the profiles so that only their owner can read them. @throws CommandFailure when the file cannot be written */
export function writeProfiles(profiles: Profiles): void {
  const file = profilesFile();
  const part = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(part, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(part, file);
  } catch (error) {
    throw new CommandFailure('wrongUse', `The profiles cannot be kept: ${(error as Error).message}.`);
  }
}

function parsed(text: string): Profiles | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && Object.values(content).every(isConnection)
      ? (content as Profiles)
      : undefined;
  } catch {
    // Told in the same words as any other content that is none.
    return undefined;
  }
}

function isConnection(value: unknown): boolean {
  const fields = value as Partial<Connection> | null;
  return [fields?.url, fields?.clientId, fields?.clientSecret].every((field) => typeof field === 'string');
}
