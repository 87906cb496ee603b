import { readFileSync } from 'node:fs';
import { page, table } from './markdown.ts';

/** One kind of error that clients meet. */
export interface ErrorKind {
  readonly status: string;
  /** The detailCode of the envelope, or the `error` of the token endpoint. */
  readonly code: string;
  readonly meaning: string;
  readonly isOfTokenEndpoint: boolean;
}

/** The kinds of errors in the order of src/errors.ts: what each factory's comment says, and the code it gives. */
export function errorKinds(): ErrorKind[] {
  const source = readFileSync(new URL('../../src/errors.ts', import.meta.url), 'utf8');
  const factory =
    /\/\*\* (\d+): ((?:(?!\*\/)[^])*?) \*\/\nexport function \w+\([^]*?new (Muniment|Oauth)Error\(\s*\w+,\s*'([^']+)'/g;
  return [...source.matchAll(factory)].map(([, status = '', meaning = '', kind = '', code = '']) => ({
    status,
    code,
    meaning: meaning.charAt(0).toUpperCase() + meaning.slice(1),
    isOfTokenEndpoint: kind === 'Oauth',
  }));
}

/** docs/reference/errors.md: every kind of error. */
export function errorsPage(): string {
  const rows = (isOfTokenEndpoint: boolean): string[][] =>
    errorKinds()
      .filter((kind) => kind.isOfTokenEndpoint === isOfTokenEndpoint)
      .map(({ status, code, meaning }) => [status, `\`${code}\``, meaning]);
  const fault = ['500', '`500.0 Internal fault`', 'A fault of the server. The log has it under the tracking id.'];
  return page(
    'Errors',
    'src/errors.ts',
    'Every answer carries a tracking id in the header `Slpt-Request-Id`; the log has it too. An error has this body, ' +
      'in which `messages` says what was wrong, what was received and what is allowed:',
    `\`\`\`json
{
  "detailCode": "400.1.3 Illegal value",
  "trackingId": "6c9c7a5b21c94ac0b1ed3e0a5c9bf6a3",
  "messages": [
    { "locale": "en-US", "localeOrigin": "DEFAULT", "text": "Parameter \\"limit\\" is 251. It must be at most 250." },
    { "locale": "und", "localeOrigin": "REQUEST", "text": "Parameter \\"limit\\" is 251. It must be at most 250." }
  ],
  "causes": []
}
\`\`\``,
    'Two have bodies of their own: 401 is `{"error": "…"}`; 429 is `{"message": " Rate Limit Exceeded "}` with the ' +
      'seconds to wait in `Retry-After`.',
    table(
      ['Status', 'detailCode', 'When'],
      [...rows(false), fault].toSorted((a, b) => Number(a[0]) - Number(b[0])),
    ),
    '## Of the token endpoint',
    '`POST /oauth/token` answers as RFC 6749 §5.2 says: `{"error": "invalid_client", "error_description": "…"}`.',
    table(['Status', 'error', 'When'], rows(true)),
  );
}
