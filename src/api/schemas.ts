import { type TSchema, type TUnion, type TUnsafe, Type } from 'typebox';

/**
 * Building blocks of the operations' schemas. A schema with a `title` becomes a component of that name in the
 * OpenAPI documents.
 */

/** The schema, or null. */
export function nullable<T extends TSchema>(schema: T): TUnion<[T, ReturnType<typeof Type.Null>]> {
  return Type.Union([schema, Type.Null()]);
}

/** One of a list of strings. */
export function oneOf<const T extends readonly string[]>(values: T, options: object = {}): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options });
}

/** A point in time on the wire, RFC 3339 in UTC. */
export const dateTime = Type.String({ format: 'date-time' });

/** A reference to an object of one type; the name is included if known. */
export function reference<const T extends string>(type: T, options: object = {}) {
  return Type.Object(
    { type: oneOf([type]), id: Type.String(), name: Type.Optional(Type.String()) },
    { additionalProperties: false, ...options },
  );
}

/** A reference to an object of one type as clients send it. */
export function referenceInput<const T extends string>(type: T, noun: string) {
  return Type.Object(
    {
      type: Type.Optional(oneOf([type])),
      id: Type.String(),
      name: Type.Optional(nullable(Type.String({ description: `Must be the name of that ${noun}.` }))),
    },
    { additionalProperties: false },
  );
}

/** A reference to an identity as clients send it. */
export const identityInput = referenceInput('IDENTITY', 'identity');

/** Read by clients, kept by the server: it may come back with a whole object, and is not read. */
export const comesBack = Type.Optional(nullable(Type.String()));

/** The `{id}` of a path. */
export const idPath = Type.Object({ id: Type.String({ minLength: 1 }) });
