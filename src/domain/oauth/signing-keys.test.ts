import { afterEach, expect, test, vi } from 'vitest';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { listSigningKeys } from '../../storage/oauth/signing-keys.ts';
import { loadSigningKeys, rotateSigningKey } from './signing-keys.ts';
import { issueToken, verifyToken } from './tokens.ts';
import { clientOf } from '../../../tests/support/clients.ts';

const issuer = { url: 'http://localhost', tenantId: 't', org: 'o', pod: 'p', lifetime: 749 };

describeStorage('signing keys', (database) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the first start creates a key, later ones use it', async () => {
    const first = await loadSigningKeys(database());
    const second = await loadSigningKeys(database());
    expect((await second.signingKey()).id).toBe((await first.signingKey()).id);
    expect(await first.publicKeys()).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: (await first.signingKey()).id,
        alg: 'ES256',
        use: 'sig',
      },
    ]);
  });

  test('after a rotation old and new tokens are valid in every process, and new ones are signed with the new key', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [here, there] = [await loadSigningKeys(database()), await loadSigningKeys(database())];
    const old = await issueToken(here, issuer, clientOf().client, null);
    await verifyToken(there, old.token);
    const id = await rotateSigningKey(database());

    const restarted = await loadSigningKeys(database());
    expect((await restarted.signingKey()).id).toBe(id);
    const fresh = await issueToken(restarted, issuer, clientOf().client, null);
    for (const keys of [here, there, restarted]) {
      expect((await verifyToken(keys, old.token)).clientId).toBe(clientOf().client.id);
      expect((await verifyToken(keys, fresh.token)).clientId).toBe(clientOf().client.id);
    }
    expect((await here.publicKeys()).map((key) => key.kid)).toContain(id);

    vi.setSystemTime(Date.now() + 61_000);
    expect((await here.signingKey()).id).toBe(id);
  });

  test('a retired key has no private part, and verifies until the last token has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const keys = await loadSigningKeys(database());
    const { id } = await keys.signingKey();
    await rotateSigningKey(database());
    expect((await listSigningKeys(database().keyed)).find((key) => key.id === id)?.privateKey).toBe('');

    vi.setSystemTime(Date.now() + 86_400_000);
    expect(await keys.verifyingKey(id)).toBeDefined();
    vi.setSystemTime(Date.now() + 120_000);
    expect(await keys.verifyingKey(id)).toBeUndefined();
    expect((await keys.publicKeys()).map((key) => key.kid)).not.toContain(id);
    await rotateSigningKey(database());
    expect((await listSigningKeys(database().keyed)).map((key) => key.id)).not.toContain(id);
  });

  test('a rotation is recorded without the keys', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const old = await (await loadSigningKeys(database())).signingKey();
    const id = await rotateSigningKey(database());
    const retired = new Date().toISOString();
    expect((await changesOf(database(), id)).at(-1)).toMatchObject({
      objectType: 'SIGNING_KEY',
      kind: 'created',
      before: null,
      after: '{"algorithm":"ES256"}',
    });
    expect((await changesOf(database(), old.id)).at(-1)).toMatchObject({
      objectType: 'SIGNING_KEY',
      kind: 'updated',
      before: '{"retired":null}',
      after: `{"retired":"${retired}"}`,
    });
  });

  test('an invalid id is not looked up', async () => {
    const keys = await loadSigningKeys(database());
    expect(await keys.verifyingKey("'; drop\0table")).toBeUndefined();
  });
});
