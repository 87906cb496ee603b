/** Returns whether a text has the form of the id of a segment, a UUID. */
export function isSegmentId(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
