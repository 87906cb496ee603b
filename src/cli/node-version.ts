/** The oldest major version of Node.js that Muniment supports. */
const oldest = 24;

/** Returns an error message for an unsupported version of Node.js; undefined if the version is supported. */
export function unsupportedVersion(version: string): string | undefined {
  return Number.parseInt(version, 10) >= oldest
    ? undefined
    : `Muniment needs Node.js ${oldest} or later; this is ${version}.`;
}
