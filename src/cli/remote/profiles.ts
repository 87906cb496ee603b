import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connection } from '../../client/client.ts';
import { CommandFailure } from '../exit-codes.ts';

/** Saved connections by profile name. */
export type Profiles = Readonly<Record<string, Connection>>;

/** Returns the profiles file: `muniment/profiles.json` in the user's configuration folder. */
export function profilesFile(): string {
  const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(folder, 'muniment', 'profiles.json');
}

/** Reads the profiles; returns none if there is no file. @throws CommandFailure for a file with other content */
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
    throw new CommandFailure(
      'wrongUse',
      `${file} is not a valid profiles file. Delete it and run "muniment login" again.`,
    );
  }
  return profiles;
}

/** Writes the profiles, readable only by their owner. @throws CommandFailure if the file cannot be written */
export function writeProfiles(profiles: Profiles): void {
  const file = profilesFile();
  const part = `${file}.${process.pid}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(part, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(part, file);
  } catch (error) {
    throw new CommandFailure('wrongUse', `The profiles cannot be saved: ${(error as Error).message}.`);
  }
}

function parsed(text: string): Profiles | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && Object.values(content).every(isConnection)
      ? (content as Profiles)
      : undefined;
  } catch {
    // Reported like any other invalid content.
    return undefined;
  }
}

function isConnection(value: unknown): boolean {
  const fields = value as Partial<Connection> | null;
  return [fields?.url, fields?.clientId, fields?.clientSecret].every((field) => typeof field === 'string');
}
