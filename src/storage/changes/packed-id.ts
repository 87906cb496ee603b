/**
 * Ids of changed objects in the change record, where they are half as long: of 32 hex digits the 16 bytes, of any other
 * id its text.
 */

const bytesOfId = 16;

/** The stored form of an id. */
export function packId(id: string): Buffer {
  if (/^[\da-f]{32}$/.test(id)) {
    return Buffer.from(id, 'hex');
  }
  const text = Buffer.from(id, 'utf8');
  // A text of 16 bytes would be taken for hex digits; no id has a zero byte.
  return text.length === bytesOfId ? Buffer.concat([text, Buffer.of(0)]) : text;
}

/** The id of a stored form, which comes as plain bytes from another thread. */
export function unpackId(packed: Uint8Array): string {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (bytes.length === bytesOfId) {
    return bytes.toString('hex');
  }
  return bytes.toString('utf8').replace(/\0$/, '');
}
