import { type ErrorObject, Ajv, type ValidateFunction } from 'ajv';
import type { TObject, TSchema } from 'typebox';
import { enumerated, shortened } from '../error-text.ts';
import { illegalValue, type MunimentError } from '../errors.ts';

/** Parameters arrive as text: they are converted to the schema's types, and defaults are filled in. */
const ofParameters = new Ajv({ coerceTypes: true, useDefaults: true, verbose: true, allErrors: false, strict: false });
/** Bodies are not converted. */
const ofBodies = new Ajv({ useDefaults: true, verbose: true, allErrors: false, strict: false });

for (const ajv of [ofParameters, ofBodies]) {
  ajv.addFormat('date-time', {
    validate: (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  });
  ajv.addFormat('comma-separated', true);
}

const compiled = new Map<Ajv, WeakMap<TSchema, ValidateFunction>>([
  [ofParameters, new WeakMap()],
  [ofBodies, new WeakMap()],
]);

/** Validators by schema object, compiled at first use: most schemas are never used in a run. */
function validator(ajv: Ajv, schema: TSchema): ValidateFunction {
  const known = compiled.get(ajv)?.get(schema);
  if (known !== undefined) {
    return known;
  }
  const made = ajv.compile(schema);
  compiled.get(ajv)?.set(schema, made);
  return made;
}

/** Validates path or query parameters, converting them and setting defaults in place. Throws a 400 with the parameter. */
export function validateParameters(schema: TObject, parameters: Record<string, unknown>): void {
  for (const [name, { type }] of Object.entries<{ type?: unknown }>(schema.properties)) {
    const value = parameters[name];
    if (type === 'array') {
      if (value !== undefined) {
        parameters[name] = listOf(value);
      }
      continue;
    }
    if (Array.isArray(value)) {
      throw illegalValue(`Parameter "${name}" was sent ${value.length} times. Send it once.`);
    }
    // PowerShell writes True and False.
    if (type === 'boolean' && typeof value === 'string') {
      parameters[name] = /^(true|false)$/i.test(value) ? value.toLowerCase() : value;
    }
    // The conversion would accept 0x10 and 1e3.
    if (type === 'integer' && typeof value === 'string' && !/^-?\d+$/.test(value)) {
      throw illegalValue(`Parameter "${name}" is ${quote(value)}. It must be a whole number.`);
    }
  }
  const validate = validator(ofParameters, schema);
  if (!validate(parameters)) {
    throw explain('Parameter', validate.errors?.[0]);
  }
}

/** Returns the members of a list, which clients send as one text with commas, as several parameters, or as both. */
function listOf(value: unknown): string[] {
  return [value]
    .flat()
    .flatMap((text) => String(text).split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/**
 * Validates a JSON body, setting defaults in place. Throws a 400 with the field.
 * @param alsoRequired fields that are required in addition to those of the schema
 */
export function validateBody(schema: TSchema, body: unknown, alsoRequired: readonly string[] = []): void {
  const validate = validator(ofBodies, schema);
  if (!validate(body)) {
    throw explain('Field', validate.errors?.[0], alsoRequired);
  }
  const missing = missingFrom(body, alsoRequired);
  if (missing.length > 0) {
    throw required('Field', missing);
  }
}

/** Returns the first violation of a response's schema, or undefined. Used by tests. */
export function responseProblem(schema: TSchema, body: unknown): string | undefined {
  const validate = validator(ofBodies, schema);
  return validate(body) ? undefined : explain('Response field', validate.errors?.[0]).message;
}

type Noun = 'Parameter' | 'Field' | 'Response field';

function explain(what: Noun, error: ErrorObject | undefined, alsoRequired: readonly string[] = []): MunimentError {
  if (error === undefined) {
    return illegalValue(`${what} is not valid.`);
  }
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'required') {
    // The validator stops at the first missing field: report all of them.
    const names = [
      ...((error.parentSchema?.['required'] ?? []) as string[]),
      ...(path.length === 0 ? alsoRequired : []),
    ];
    return required(
      what,
      missingFrom(error.data, names).map((name) => [...path, name].join('.')),
    );
  }
  if (error.keyword === 'additionalProperties') {
    const name = [...path, error.params['additionalProperty']].join('.');
    const allowed = Object.keys(error.parentSchema?.['properties'] ?? {});
    return illegalValue(`${what} "${shortened(name)}" is unknown. Allowed are ${allowed.join(', ')}.`);
  }
  const name = path.length > 0 ? `${what} "${shortened(path.join('.'))}"` : 'The body';
  return illegalValue(`${name} is ${quote(error.data)}. It must ${demand(error)}.`);
}

function missingFrom(value: unknown, names: readonly string[]): string[] {
  return names.filter((name) => !Object.hasOwn(Object(value), name));
}

function required(what: Noun, names: readonly string[]): MunimentError {
  const quoted = enumerated(names.map((name) => `"${shortened(name)}"`));
  return illegalValue(names.length === 1 ? `${what} ${quoted} is required.` : `${what}s ${quoted} are required.`);
}

function demand(error: ErrorObject): string {
  const { params, keyword } = error;
  switch (keyword) {
    case 'type':
      return `be ${typeName(String(params['type']))}`;
    case 'enum':
      return `be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `be ${JSON.stringify(params['allowedValue'])}`;
    case 'minimum':
      return `be at least ${params['limit']}`;
    case 'maximum':
      return `be at most ${params['limit']}`;
    case 'minLength':
      return params['limit'] === 1 ? 'not be empty' : `have at least ${params['limit']} characters`;
    case 'maxLength':
      return `have at most ${params['limit']} characters`;
    case 'minItems':
      return `have at least ${params['limit']} ${params['limit'] === 1 ? 'item' : 'items'}`;
    case 'maxItems':
      return `have at most ${params['limit']} items`;
    case 'format':
      return params['format'] === 'date-time'
        ? 'be a date and time such as 2026-01-31T12:00:00Z'
        : `be a ${params['format']}`;
    case 'pattern':
      return `match ${params['pattern']}`;
    default:
      return error.message ?? 'be valid';
  }
}

function typeName(types: string): string {
  const names: Record<string, string> = {
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    string: 'a string',
    array: 'an array',
    object: 'an object',
    null: 'null',
  };
  return types
    .split(',')
    .map((type) => names[type] ?? type)
    .join(' or ');
}

/** Formats a received value as JSON, shortened to keep the message readable. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
