/** What was written last: objects of one page mostly come from the same batches, and share their times. */
let last = { milliseconds: Number.NaN, text: '' };

/** UTC milliseconds as they appear on the wire. */
export function wireTime(milliseconds: number): string {
  if (milliseconds !== last.milliseconds) {
    last = { milliseconds, text: new Date(milliseconds).toISOString() };
  }
  return last.text;
}
