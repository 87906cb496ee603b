import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import type { JsonPatchOperation } from '../../client/operations.ts';
import { shortened } from '../../error-text.ts';
import { CommandFailure } from '../exit-codes.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

interface PatchFlags extends RemoteFlags {
  readonly set?: readonly string[];
  readonly file?: string;
  readonly ifMatch?: string;
}

/** `muniment entitlements patch ID`: prints the changed entitlement. */
export async function patchEntitlement(id: string, flags: PatchFlags): Promise<void> {
  const body = await patchOf(flags);
  const ifMatch = flags.ifMatch === undefined ? undefined : asEtag(flags.ifMatch);
  const answer = await openClient(flags).call('patchEntitlement', { path: { id }, body }, { ifMatch });
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

async function patchOf({ set = [], file }: PatchFlags): Promise<readonly JsonPatchOperation[]> {
  if ((set.length === 0) === (file === undefined)) {
    throw new CommandFailure('wrongUse', 'Add --set FIELD=VALUE (repeatable), or --file FILE with a JSON Patch.');
  }
  return file === undefined ? set.map(replacement) : readPatch(file);
}

async function readPatch(file: string): Promise<readonly JsonPatchOperation[]> {
  const name = file === '-' ? 'Standard input' : file;
  const patch = parsed(name, file === '-' ? await textOf(process.stdin) : textOfFile(file));
  if (!Array.isArray(patch)) {
    throw new CommandFailure(
      'wrongUse',
      `${name} is not a JSON Patch. It must be an array such as [{"op":"replace","path":"/requestable","value":true}].`,
    );
  }
  return patch;
}

function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure('wrongUse', `The file cannot be read: ${(error as Error).message}.`);
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailure('wrongUse', `${name} is not valid JSON: ${(error as Error).message}.`);
  }
}

/** Converts `FIELD=VALUE` to a patch operation: `privilegeOverride.level=HIGH`, `owner=ID`, `requestable=true`. */
export function replacement(text: string): JsonPatchOperation {
  const [, field = '', given = ''] = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(text) ?? [];
  if (field === '') {
    throw new CommandFailure(
      'wrongUse',
      `--set is "${shortened(text)}". It must be FIELD=VALUE, such as requestable=true.`,
    );
  }
  const value = valueOf(given);
  return {
    op: 'replace',
    path: `/${field.replaceAll('.', '/')}`,
    value: field === 'owner' && typeof value === 'string' ? { type: 'IDENTITY', id: value } : value,
  };
}

/** Parses values that are clearly meant as JSON; any other value, including a number, is a string. */
function valueOf(text: string): unknown {
  if (!/^(true|false|null|["[{].*)$/s.test(text)) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailure(
      'wrongUse',
      `The value ${shortened(text)} starts like JSON but is not valid JSON. Put a string that starts like this in double quotes.`,
    );
  }
}

/** Accepts the ETag from `get` with or without its quotes, which a shell may have removed. */
function asEtag(text: string): string {
  return text === '*' || text.includes('"') ? text : `"${text}"`;
}
