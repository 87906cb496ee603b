import type { Compilable } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Session, Transaction } from '../database.ts';

/** Runs a prepared query in a session with these values, and returns its rows. */
export type Prepared<V, R> = (session: Session, values: V) => Promise<R[]>;

/** Runs a prepared statement without a result. */
export type PreparedWrite<V> = (transaction: Transaction, values: V) => Promise<void>;

/** A placeholder for a value while the query is compiled. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Statement {
  readonly text: string;
  /** The value that replaces a placeholder is found by its name. */
  readonly parameters: readonly unknown[];
}

/**
 * Returns a query with a constant text. Kysely compiles it at its first use on each engine: compiling costs ten times as
 * much as reading a row by key. For queries that run with every request; all others are compiled each time.
 * @param write builds the query with placeholders for the values of each run: it may use them as parameters, but must not
 *   inspect them
 */
export function prepared<V extends object, R>(write: (session: Session, values: V) => Compilable<R>): Prepared<V, R> {
  const statement = statementOf(write);
  return (session, values) => {
    const { text, parameters } = statement(session, values);
    return session.run<R>(text, parameters);
  };
}

/** The same for a statement without a result: it runs in a transaction like `Transaction.send`. */
export function preparedWrite<V extends object>(write: (session: Session, values: V) => Compilable): PreparedWrite<V> {
  const statement = statementOf(write);
  return (transaction, values) => {
    const { text, parameters } = statement(transaction, values);
    return transaction.send(text, parameters);
  };
}

/** Returns a function that returns the statement for given values. */
function statementOf<V extends object>(
  write: (session: Session, values: V) => Compilable,
): (session: Session, values: V) => Statement {
  const statements = new Map<Dialect, Statement>();
  const statementFor = (session: Session): Statement => {
    const known = statements.get(session.dialect);
    if (known !== undefined) {
      return known;
    }
    // `write` receives placeholders of the values' type.
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
