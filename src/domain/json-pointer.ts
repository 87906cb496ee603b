/** JSON Pointer (RFC 6901). */

/** The unescaped steps of a pointer; none for the whole document. Undefined if the text is not a pointer. */
export function parsePointer(text: string): string[] | undefined {
  const isPointer = (text === '' || text.startsWith('/')) && !/~(?![01])/.test(text);
  if (!isPointer) {
    return undefined;
  }
  return text
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer with these steps. */
export function printPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
