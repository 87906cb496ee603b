import type { Application } from '../application.ts';
import type { Caller } from '../domain/oauth/caller.ts';
import { invalidToken } from '../domain/oauth/tokens.ts';

/**
 * Returns the caller of a request from its `Authorization` header: `Bearer TOKEN`, or only the token, as some clients
 * send it for operations without declared security (contract C.1). Synchronous if the token is cached. Throws or rejects
 * with a 401 and the reason.
 */
export function authenticate(application: Application, header: string | undefined): Caller | Promise<Caller> {
  const token = header === undefined ? '' : tokenIn(header);
  if (token === '') {
    throw invalidToken('no JWT was sent. Get one from POST /oauth/token and send it as Authorization: Bearer TOKEN');
  }
  return application.callers.identify(token);
}

function tokenIn(header: string): string {
  const space = header.indexOf(' ');
  if (space === -1) {
    return header.toLowerCase() === 'bearer' ? '' : header;
  }
  const scheme = header.slice(0, space);
  if (scheme.length !== 6 || scheme.toLowerCase() !== 'bearer') {
    throw invalidToken(`the Authorization header has the scheme ${JSON.stringify(scheme.slice(0, 40))}, not Bearer`);
  }
  return header.slice(space + 1).trim();
}
