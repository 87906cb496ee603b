/** The first major version of Node.js that has all that Muniment uses. */
const oldest = 24;

/** What to tell whoever starts this with an older Node.js; undefined when the version will do. */
export function tooOld(version: string): string | undefined {
  return Number.parseInt(version, 10) >= oldest
    ? undefined
    : `Muniment needs Node.js ${oldest} or later; this is ${version}.`;
}
