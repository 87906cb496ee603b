import { readFileSync } from 'node:fs';
import { page, table } from './markdown.ts';

/** One kind of error that clients meet. */
export interface ErrorKind {
  readonly status: string;
  readonly detailCode: string;
  readonly meaning: string;
}

/** The kinds of errors in the order of src/errors.ts: what each factory's comment says, and what it makes. */
export function errorKinds(): ErrorKind[] {
  const source = readFileSync(new URL('../../src/errors.ts', import.meta.url), 'utf8');
  const factory =
    /\/\*\* \d+: ((?:(?!\*\/)[^])*?) \*\/\nexport function \w+\([^]*?new MunimentError\(\s*(\d+),\s*'([^']+)'/g;
  return [...source.matchAll(factory)].map(([, meaning = '', status = '', detailCode = '']) => ({
    status,
    detailCode,
    meaning: meaning.charAt(0).toUpperCase() + meaning.slice(1),
  }));
}

/** docs/reference/errors.md: every kind of error. */
export function errorsPage(): string {
  const rows = errorKinds().map(({ status, detailCode, meaning }) => [status, `\`${detailCode}\``, meaning]);
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
      'seconds to wait in `Retry-After`. `POST /oauth/token` answers as RFC 6749 §5.2 says, e.g. `{"error": "invalid_client"}`.',
    table(
      ['Status', 'detailCode', 'When'],
      [...rows, fault].toSorted((a, b) => Number(a[0]) - Number(b[0])),
    ),
  );
}
