import type { Compilable } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Session, Transaction } from '../database.ts';

/** Runs a prepared query in a session with these values, and returns its rows. */
export type Prepared<V, R> = (session: Session, values: V) => Promise<R[]>;

/** Runs a prepared statement of which nothing is read. */
export type PreparedWrite<V> = (transaction: Transaction, values: V) => Promise<void>;

/** Stands for a value while the query is written. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Statement {
  readonly text: string;
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
  const statement = statementOf(write);
  return (session, values) => {
    const { text, parameters } = statement(session, values);
    return session.run<R>(text, parameters);
  };
}

/** The same for a statement of which nothing is read: it runs in a transaction as `Transaction.send` does. */
export function preparedWrite<V extends object>(write: (session: Session, values: V) => Compilable): PreparedWrite<V> {
  const statement = statementOf(write);
  return (transaction, values) => {
    const { text, parameters } = statement(transaction, values);
    return transaction.send(text, parameters);
  };
}

/** Makes the function that gives the statement for some values. */
function statementOf<V extends object>(
  write: (session: Session, values: V) => Compilable,
): (session: Session, values: V) => Statement {
  const statements = new Map<Dialect, Statement>();
  const statementFor = (session: Session): Statement => {
    const known = statements.get(session.dialect);
    if (known !== undefined) {
      return known;
    }
    // What `write` is given only looks like the values.
    const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as V;
    const { sql, parameters } = write(session, placeholders).compile();
    const statement = { text: sql, parameters };
    statements.set(session.dialect, statement);
    return statement;
  };
  return (session, values) => {
    const { text, parameters } = statementFor(session);
    const byName = values as Readonly<Record<string, unknown>>;
    return {
      text,
      parameters: parameters.map((parameter) =>
        parameter instanceof Placeholder ? byName[parameter.name] : parameter,
      ),
    };
  };
}
