import type { Compilable } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Session } from './database.ts';

/** Runs a prepared query in a session with these values, and returns its rows. */
export type Prepared<V, R> = (session: Session, values: V) => Promise<R[]>;

/** Stands for a value while the query is written. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Text {
  readonly sql: string;
  /** Where a placeholder was, the value of its name goes. */
  readonly parameters: readonly unknown[];
}

/**
 * A query whose text is always the same. Kysely writes it at its first use on each engine: writing costs ten times as
 * much as reading a row by its key. For what runs with every request; the other queries are written as they are run.
 * @param write writes the query with the values it is given, which stand for those of each run: it may put them where
 *   parameters go, and not look at them
 */
export function prepared<V extends object, R>(write: (session: Session, values: V) => Compilable<R>): Prepared<V, R> {
  const texts = new Map<Dialect, Text>();
  const textFor = (session: Session): Text => {
    const known = texts.get(session.dialect);
    if (known !== undefined) {
      return known;
    }
    // What `write` is given only looks like the values.
    const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as V;
    const { sql, parameters } = write(session, placeholders).compile();
    const text = { sql, parameters };
    texts.set(session.dialect, text);
    return text;
  };
  return (session, values) => {
    const { sql, parameters } = textFor(session);
    const byName = values as Readonly<Record<string, unknown>>;
    return session.run<R>(
      sql,
      parameters.map((parameter) => (parameter instanceof Placeholder ? byName[parameter.name] : parameter)),
    );
  };
}
