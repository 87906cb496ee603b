import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Random bytes for many ids at a time: a call to the generator costs more than the rest of an id. */
const pool = new Uint8Array(4096);
const bytesPerId = 16;
let used = pool.length;

/** The time of the last id, in milliseconds, and its sequence number in it: ids always sort in order of creation. */
let time = 0;
let sequence = 0;

/** Returns a new id of 32 hex digits that sorts after all earlier ones (RFC 9562 UUIDv7 without dashes). */
export function newId(): string {
  return Buffer.from(newBytes()).toString('hex');
}

/** Returns a new id with dashes, for objects whose ids have them in the contract (segments, governance groups, OAuth clients). */
export function newDashedId(): string {
  return v7();
}

function newBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + bytesPerId);
  used += bytesPerId;
  const now = Date.now();
  if (now > time) {
    time = now;
    // Starts in the lower half of the range, so that a millisecond never runs out of numbers.
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    sequence += 1;
  }
  return v7({ random, msecs: time, seq: sequence }, new Uint8Array(bytesPerId));
}
