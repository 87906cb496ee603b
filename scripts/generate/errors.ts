import { readFileSync } from 'node:fs';
import { page, table } from './markdown.ts';

/** One kind of error that clients can receive. */
export interface ErrorKind {
  readonly status: string;
  /** The detailCode of the error body, or the `error` of the token endpoint. */
  readonly code: string;
  readonly meaning: string;
  readonly isOfTokenEndpoint: boolean;
}

/** Returns the kinds of errors in the order of src/errors.ts, with the comment and the code of each factory. */
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

/** Generates docs/reference/errors.md, with every kind of error. */
export function errorsPage(): string {
  const rows = (isOfTokenEndpoint: boolean): string[][] =>
    errorKinds()
      .filter((kind) => kind.isOfTokenEndpoint === isOfTokenEndpoint)
      .map(({ status, code, meaning }) => [status, `\`${code}\``, meaning]);
  const fault = [
    '500',
    '`500.0 Internal fault`',
    'An internal error of the server. The log contains it with the tracking id.',
  ];
  return page(
    'Errors',
    'src/errors.ts',
    'Every response has a tracking id in the header `Slpt-Request-Id`, which the log contains, too. An error has this body; ' +
      '`messages` names what is wrong, the value received and the values allowed:',
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
    'Two errors have different bodies: 401 is `{"error": "…"}`; 429 is `{"message": " Rate Limit Exceeded "}` with the ' +
      'seconds to wait in `Retry-After`.',
    table(
      ['Status', 'detailCode', 'When'],
      [...rows(false), fault].toSorted((a, b) => Number(a[0]) - Number(b[0])),
    ),
    '## Errors of the token endpoint',
    '`POST /oauth/token` returns errors as defined in RFC 6749 §5.2: `{"error": "invalid_client", "error_description": "…"}`.',
    table(['Status', 'error', 'When'], rows(true)),
  );
}
