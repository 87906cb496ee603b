/** A failure of the database that is not a bug: its disk is full, or it is unavailable. */
export type DatabaseFailure = 'full' | 'unavailable';

/**
 * Returns the kind of a failure that is temporary or that an operator can fix; undefined if it is a bug in Muniment.
 * Codes: SQLite result codes; PostgreSQL SQLSTATE classes 08 (connection), 53 (resources), 57 (intervention),
 * 40 (rolled back); Node's codes for sockets and files.
 */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = String(code ?? '');
  // SQLite has a code for a full disk only; beyond a quota or a limit its write fails.
  if (['SQLITE_FULL', 'SQLITE_IOERR_WRITE', '53100', 'ENOSPC', 'EDQUOT', 'EFBIG'].includes(text)) {
    return 'full';
  }
  const isTemporary =
    // The file is missing or inaccessible: its disk is gone, or it was moved.
    /^SQLITE_(BUSY|CANTOPEN|READONLY|IOERR)/.test(text) ||
    ['ENOENT', 'EACCES', 'EROFS', 'EIO'].includes(text) ||
    String(message).startsWith('Cannot open database because the directory does not exist') ||
    /^(08|53|57|40)[0-9A-Z]{3}$/.test(text) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(text) ||
    // The driver's own errors have no code.
    /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/.test(
      String(message),
    );
  return isTemporary ? 'unavailable' : undefined;
}
