import { ServerRefusal, ServerUnreachable } from '../../client/failures.ts';
import { CommandFailure, type exitCodes } from '../exit-codes.ts';
import { printable } from './printable.ts';

/** Converts any error of a command that talks to a server to a message of one or two lines and an exit code. */
export function asFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) {
    return error;
  }
  if (error instanceof ServerUnreachable) {
    return new CommandFailure(
      'unreachable',
      `${printable(error.message)} Is the server running, and is the URL right?`,
    );
  }
  if (error instanceof ServerRefusal) {
    const trackingId = error.trackingId === undefined ? '' : `, tracking id ${error.trackingId}`;
    return new CommandFailure(kindOf(error), printable(`${error.message}\n(status ${error.status}${trackingId})`));
  }
  return new CommandFailure(
    'failed',
    `Unexpected: ${printable(error instanceof Error ? error.message : String(error))}`,
  );
}

function kindOf({ status, trackingId }: ServerRefusal): keyof typeof exitCodes {
  switch (status) {
    case 401:
    case 403:
      return 'notAllowed';
    case 404:
      return 'notFound';
    case 429:
      return 'unreachable';
    default:
      // 501: the server does not implement the operation, so a retry is pointless.
      return status >= 500 && (status !== 501 || trackingId === undefined) ? 'unreachable' : 'refused';
  }
}
