import type { Caller, Plan, PlannedBody, WireRequest } from '../plans/plan.ts';

/** Resolves placeholders and callers. */
export interface Resolver {
  /** Replaces all placeholders in a text. */
  readonly resolve: (text: string) => string;
  /** The same in a URL. */
  readonly resolveUrl: (text: string) => string;
  /** Returns the access token of a caller; undefined if it has none. */
  readonly tokenOf: (caller: Caller) => string | undefined;
}

/** Serialises a planned request. */
export function buildRequest(plan: Plan, { resolve, resolveUrl, tokenOf }: Resolver): WireRequest {
  const { title, method } = plan;
  if (plan.raw !== undefined) {
    return { title, method, target: '', bytes: Buffer.from(plan.raw, 'latin1'), isBroken: true };
  }
  const token = tokenOf(plan.caller);
  const { body } = plan;
  const content = body === undefined ? undefined : contentOf(body, resolve);
  const own: [string, string][] = [
    ['Host', 'fuzz.example'],
    ...(token === undefined ? [] : ([['Authorization', `Bearer ${token}`]] as [string, string][])),
    ...(body?.contentType === undefined ? [] : ([['Content-Type', body.contentType]] as [string, string][])),
    ...(content === undefined ? [] : [lengthHeader(plan, content.length)]),
  ];
  const overridden = new Set(plan.headers.map(([name]) => name.toLowerCase()));
  const headers = [...own.filter(([name]) => !overridden.has(name.toLowerCase())), ...plan.headers];
  const target = resolveUrl(plan.path + plan.query);
  const head = `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${resolve(value)}\r\n`).join('')}\r\n`;
  return {
    title,
    target,
    method,
    bytes: Buffer.concat([
      Buffer.from(head, 'latin1'),
      content === undefined ? Buffer.alloc(0) : framed(plan, content),
    ]),
    // Request targets start with a slash, otherwise Node's parser may reject them.
    isBroken: !plan.path.startsWith('/') || method === 'QUERY',
  };
}

function contentOf({ content }: PlannedBody, resolve: (text: string) => string): Buffer {
  return typeof content === 'string' ? Buffer.from(resolve(content), 'utf8') : Buffer.from(content);
}

function lengthHeader({ framing }: Plan, length: number): [string, string] {
  return framing === 'chunked' ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(length)];
}

function framed({ framing }: Plan, content: Buffer): Buffer {
  if (framing === 'length') {
    return content;
  }
  const half = Math.ceil(content.length / 2);
  const chunks = [content.subarray(0, half), content.subarray(half)].filter((chunk) => chunk.length > 0);
  return Buffer.concat([
    ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
    Buffer.from('0\r\n\r\n'),
  ]);
}
