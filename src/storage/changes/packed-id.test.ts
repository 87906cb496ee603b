import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packId, unpackId } from './packed-id.ts';

test('32 hex digits take 16 bytes', () => {
  expect(packId('01a224c7f69a755fa964cf607d0ea4ab')).toHaveLength(16);
});

test('unpacking returns the packed id', () => {
  const hex = fc.stringMatching(/^[\da-f]{32}$/);
  const ids = fc.oneof(hex, fc.uuid(), fc.stringMatching(/^[a-z]{16}$/), fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(ids, (id) => {
      fc.pre(!id.includes('\0'));
      expect(unpackId(packId(id))).toBe(id);
      expect(unpackId(new Uint8Array(packId(id)))).toBe(id);
    }),
  );
});

test('packing keeps the order of ids', () => {
  const hex = fc.stringMatching(/^[\da-f]{32}$/);
  fc.assert(
    fc.property(hex, hex, (a, b) => {
      expect(Math.sign(Buffer.compare(packId(a), packId(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
