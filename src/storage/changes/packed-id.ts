/**
 * The stored form of the ids of changed objects in the change record: for an id of 32 hex digits its 16 bytes, for any
 * other id its text.
 */

const bytesOfId = 16;

/** Returns the stored form of an id. */
export function packId(id: string): Buffer {
  if (/^[\da-f]{32}$/.test(id)) {
    return Buffer.from(id, 'hex');
  }
  const text = Buffer.from(id, 'utf8');
  // A text of 16 bytes could be mistaken for packed hex digits; no id has a zero byte.
  return text.length === bytesOfId ? Buffer.concat([text, Buffer.of(0)]) : text;
}

/** Returns the id of a stored form. From another thread that is a Uint8Array. */
export function unpackId(packed: Uint8Array): string {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (bytes.length === bytesOfId) {
    return bytes.toString('hex');
  }
  return bytes.toString('utf8').replace(/\0$/, '');
}
