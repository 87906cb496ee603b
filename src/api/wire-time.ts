/** UTC milliseconds as they appear on the wire. */
export function wireTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
