/** What a failure of an engine means to whoever asked. */
export type DatabaseFailure = 'full' | 'unavailable';

/**
 * Tells a failure that passes, or that an operator mends, from a fault of this program. Undefined: a fault.
 * Codes: SQLite result codes; PostgreSQL SQLSTATE classes 08 (connection), 53 (resources), 57 (intervention),
 * 40 (rolled back); Node's codes of sockets and files.
 */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = String(code ?? '');
  // SQLite names only one of the reasons why a file cannot grow; over a quota or a limit its write just fails.
  if (['SQLITE_FULL', 'SQLITE_IOERR_WRITE', '53100', 'ENOSPC', 'EDQUOT', 'EFBIG'].includes(text)) {
    return 'full';
  }
  const passes =
    // A file that is away or may not be used: its disk is gone, or somebody moved it.
    /^SQLITE_(BUSY|CANTOPEN|READONLY|IOERR)/.test(text) ||
    ['ENOENT', 'EACCES', 'EROFS', 'EIO'].includes(text) ||
    String(message).startsWith('Cannot open database because the directory does not exist') ||
    /^(08|53|57|40)[0-9A-Z]{3}$/.test(text) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(text) ||
    // The driver's own errors have no code.
    /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/.test(
      String(message),
    );
  return passes ? 'unavailable' : undefined;
}
