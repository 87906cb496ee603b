import { describe, expect, test } from 'vitest';
import { memoryConnector } from '../../../tests/support/connectors/memory/memory.ts';
import type { SourceSecret } from '../../storage/sources/source-secrets.ts';
import { isChanged, isReference, joinSecrets, separateSecrets } from './source-secrets.ts';

const known: readonly SourceSecret[] = [{ id: 'a'.repeat(32), name: 'password', value: 'open sesame' }];
const reference = `secret:${'a'.repeat(32)}`;

describe('separateSecrets', () => {
  test('replaces secrets with references, and joinSecrets restores them', () => {
    const sent = { host: 'h', password: 'open sesame' };
    const separated = separateSecrets(memoryConnector, sent, [], 'removed');
    expect(separated.shown['host']).toBe('h');
    expect(isReference(separated.shown['password'])).toBe(true);
    expect(joinSecrets(separated)).toEqual(sent);
  });

  test.each([
    ['its reference', { password: reference }],
    ['the same text', { password: 'open sesame' }],
    ['nothing', {}],
  ])('keeps a secret for %s', (_what, sent) => {
    const separated = separateSecrets(memoryConnector, sent, known, 'kept');
    expect(separated).toEqual({ shown: { password: reference }, secrets: known });
    expect(isChanged(known, separated.secrets)).toBe(false);
  });

  test.each([
    ['null', { password: null }, 'kept'],
    ['an empty text', { password: '' }, 'kept'],
    ['absence in a patch', {}, 'removed'],
  ] as const)('removes a secret for %s', (_what, sent, absent) => {
    const separated = separateSecrets(memoryConnector, sent, known, absent);
    expect(separated).toEqual({ shown: {}, secrets: [] });
    expect(isChanged(known, separated.secrets)).toBe(true);
  });

  test('gives a changed secret a new reference', () => {
    const { shown, secrets } = separateSecrets(memoryConnector, { password: 'other' }, known, 'kept');
    expect(secrets).toMatchObject([{ name: 'password', value: 'other' }]);
    expect(isReference(shown['password'])).toBe(true);
    expect(shown['password']).not.toBe(reference);
    expect(isChanged(known, secrets)).toBe(true);
  });

  test('keeps the secrets of an unknown connector', () => {
    expect(separateSecrets(undefined, { host: 'h' }, known, 'kept')).toEqual({
      shown: { host: 'h', password: reference },
      secrets: known,
    });
  });

  test.each([
    [{ password: 5 }, 'connectorAttributes "password" is a secret and must be a string.'],
    [{ password: ['open sesame'] }, 'connectorAttributes "password" is a secret and must be a string.'],
    [{ password: `secret:${'b'.repeat(32)}` }, 'refers to a secret that no longer exists'],
  ])('rejects %j', (sent, text) => {
    expect(() => separateSecrets(memoryConnector, sent, known, 'kept')).toThrow(text);
  });
});
