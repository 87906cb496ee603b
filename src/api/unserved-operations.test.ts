import { describe, expect, test } from 'vitest';
import { unauthorized } from '../errors.ts';
import { refuseUnserved } from './unserved-operations.ts';

function anyone(): Promise<void> {
  return Promise.resolve();
}

describe('a path without a route', () => {
  test('returns 501 with operation and family if the contract has it', async () => {
    for (const url of ['/v2025/roles', '/v2025/roles/', '/v2025/roles?limit=1']) {
      await expect(refuseUnserved('GET', url, anyone)).rejects.toMatchObject({
        status: 501,
        message:
          'Operation listRoles (GET /v2025/roles' +
          (url.endsWith('/') ? '/' : '') +
          ') is in the contract of v2025 but not served by this version.',
      });
    }
  });

  test('is found under parameters and in the layout with the version after the service', async () => {
    await expect(refuseUnserved('GET', '/roles/v1/2c91/assigned-identities', anyone)).rejects.toMatchObject({
      status: 501,
      message: expect.stringContaining('getRoleAssignedIdentitiesV1 (GET /roles/v1/2c91/assigned-identities)'),
    });
  });

  test('returns 405 with the other methods of the path', async () => {
    await expect(refuseUnserved('PUT', '/v2025/roles', anyone)).rejects.toMatchObject({
      status: 405,
      message: '/v2025/roles does not support PUT. It supports GET, POST.',
    });
    await expect(refuseUnserved('TRACE', '/v2025/roles', anyone)).rejects.toMatchObject({ status: 405 });
  });

  test('is not revealed before authentication', async () => {
    const stranger = (): Promise<void> => Promise.reject(unauthorized('JWT validation failed: no token.'));
    await expect(refuseUnserved('GET', '/v2025/roles', stranger)).rejects.toMatchObject({ status: 401 });
    await expect(refuseUnserved('PUT', '/v2025/roles', stranger)).rejects.toMatchObject({ status: 401 });
  });

  test('is ignored if it is unknown or cannot be decoded', async () => {
    for (const url of [
      '/',
      '/v2025',
      '/v2025/nothing',
      '/v3/entitlements',
      '/v4/roles',
      '/v2025/roles/%E0%A4%A',
      '/%',
      '//',
      '*',
      '',
      '\0',
    ]) {
      await expect(refuseUnserved('GET', url, anyone)).resolves.toBeUndefined();
    }
  });

  test('treats HEAD like GET', async () => {
    await expect(refuseUnserved('HEAD', '/v2025/roles', anyone)).rejects.toMatchObject({ status: 501 });
  });
});
