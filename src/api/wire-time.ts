/** The last formatted time: most objects of a page come from the same batches and share their times. */
let last = { milliseconds: Number.NaN, text: '' };

/** Formats UTC milliseconds for the wire. */
export function wireTime(milliseconds: number): string {
  if (milliseconds !== last.milliseconds) {
    last = { milliseconds, text: new Date(milliseconds).toISOString() };
  }
  return last.text;
}
