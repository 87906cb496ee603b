import { expect, test } from 'vitest';
import { ServerRefusal } from '../../client/failures.ts';
import { exitCodes } from '../exit-codes.ts';
import { asFailure } from './failure.ts';

test.each([
  [501, 'abc', exitCodes.refused],
  [501, undefined, exitCodes.unreachable],
  [500, 'abc', exitCodes.unreachable],
  [429, 'abc', exitCodes.unreachable],
  [403, 'abc', exitCodes.notAllowed],
  [412, 'abc', exitCodes.refused],
])('%s with tracking id %s', (status, trackingId, { code }) => {
  expect(asFailure(new ServerRefusal(status, 'No.', trackingId)).exitCode).toBe(code);
});
