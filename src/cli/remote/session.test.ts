import { afterEach, expect, test, vi } from 'vitest';
import { openClient } from './session.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test.each([
  ['http://iga.example', 1],
  ['http://10.0.0.1:8080', 1],
  ['http://127.example', 1],
  ['https://iga.example', 0],
  ['http://127.0.0.2:8080', 0],
  ['http://localhost:8080', 0],
  ['http://[::1]:8080', 0],
])('a client of %s warns %i times that its secret can be intercepted', (url, warnings) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.stubEnv('MUNIMENT_URL', url);
  vi.stubEnv('SAIL_CLIENT_ID', 'id');
  vi.stubEnv('SAIL_CLIENT_SECRET', 'hidden');
  openClient({});
  expect(write.mock.calls.map(([text]) => text)).toEqual(
    warnings === 0 ? [] : [`Warning: ${url} is not encrypted; the secret can be intercepted.\n`],
  );
});
