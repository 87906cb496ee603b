import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import type { JsonPatchOperation } from '../../client/operations.ts';
import { shortened } from '../../error-text.ts';
import { CommandFailure } from '../exit-codes.ts';

/** The options of commands that create or change an object. */
export interface GivenFields {
  readonly set?: readonly string[];
  readonly file?: string;
}

/**
 * A JSON Patch from `--set` or `--file`.
 * @param op what `--set` does; `add` also sets fields that the object does not have
 * @throws CommandFailure for both, for neither, and for what cannot be read
 */
export async function patchFrom(
  given: GivenFields,
  op: 'add' | 'replace' = 'replace',
): Promise<readonly JsonPatchOperation[]> {
  const { set, file } = oneOfBoth(given);
  return file === undefined ? set.map((field) => ({ ...replacement(field), op })) : readPatch(file);
}

/** A whole object from `--set` or `--file`. @throws CommandFailure as `patchFrom` */
export async function objectFrom(given: GivenFields): Promise<object> {
  const { set, file } = oneOfBoth(given);
  if (file !== undefined) {
    const [name, content] = await readJson(file);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw new CommandFailure(
        'wrongUse',
        `${name} is not a JSON object. It must be an object such as {"name":"New"}.`,
      );
    }
    return content;
  }
  const fields = set.map(replacement).map(({ path, value }) => [path.slice(1), value] as const);
  const nested = fields.find(([field]) => field.includes('/'));
  if (nested !== undefined) {
    throw new CommandFailure('wrongUse', `"${nested[0]}" is within a field. Set the whole field, or use --file.`);
  }
  return Object.fromEntries(fields);
}

function oneOfBoth({ set = [], file }: GivenFields): { set: readonly string[]; file: string | undefined } {
  if ((set.length === 0) === (file === undefined)) {
    throw new CommandFailure('wrongUse', 'Add --set FIELD=VALUE (repeatable), or --file FILE.');
  }
  return { set, file };
}

async function readPatch(file: string): Promise<readonly JsonPatchOperation[]> {
  const [name, patch] = await readJson(file);
  if (!Array.isArray(patch)) {
    throw new CommandFailure(
      'wrongUse',
      `${name} is not a JSON Patch. It must be an array such as [{"op":"replace","path":"/requestable","value":true}].`,
    );
  }
  return patch;
}

/** Returns the name of the file in errors, and its content. */
async function readJson(file: string): Promise<[name: string, content: unknown]> {
  const name = file === '-' ? 'Standard input' : file;
  return [name, parsed(name, file === '-' ? await textOf(process.stdin) : textOfFile(file))];
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
function replacement(text: string): JsonPatchOperation {
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
export function asEtag(text: string | undefined): string | undefined {
  return text === undefined || text === '*' || text.includes('"') ? text : `"${text}"`;
}
