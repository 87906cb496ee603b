import type { FastifyRequest } from 'fastify';
import { invalidTokenRequest } from '../../errors.ts';

/** The parameters of a token request from all places. */
export interface TokenRequest {
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Whether the client used HTTP Basic authentication. */
  readonly isBasic: boolean;
}

type Parameters = ReadonlyMap<string, string>;

const names = ['grant_type', 'client_id', 'client_secret'];

/**
 * Reads a token request. Clients send its parameters in the query, in an urlencoded or multipart body, or in both; the
 * client's id and secret can be sent with HTTP Basic authentication instead (RFC 6749 §2.3.1, §4.4.2).
 * @throws 400 `invalid_request` if the body is invalid or a parameter has several different values
 */
export async function readTokenRequest(request: FastifyRequest): Promise<TokenRequest> {
  const query = await parametersOf(Object.entries(request.query as Record<string, string | string[]>));
  const body = await bodyParameters(request.headers['content-type'] ?? '', request.body as Buffer | undefined);
  const basic = basicParameters(request.headers.authorization);
  const valueOf = (name: string): string | undefined => {
    const values = new Set([query, body, basic].flatMap((source) => source.get(name) ?? []));
    if (values.size > 1) {
      throw twice(name);
    }
    return values.values().next().value;
  };
  return {
    grantType: valueOf('grant_type'),
    clientId: valueOf('client_id'),
    clientSecret: valueOf('client_secret'),
    isBasic: basic.size > 0,
  };
}

async function bodyParameters(contentType: string, body: Buffer | undefined): Promise<Parameters> {
  if (body === undefined || body.length === 0) {
    return new Map();
  }
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') {
    return parametersOf(new URLSearchParams(body.toString('utf8')));
  }
  if (type === 'multipart/form-data') {
    return parametersOf(await formOf(contentType, body));
  }
  throw invalidTokenRequest(
    `Content-Type "${type}" is not supported. Send application/x-www-form-urlencoded or multipart/form-data.`,
    415,
  );
}

/** Parses multipart bodies with Node's own parser, that of fetch(). If the header has no boundary, it is taken from the body. */
async function formOf(contentType: string, body: Buffer): Promise<Iterable<[string, unknown]>> {
  const firstLine = /^--([^\r\n]{1,70})/.exec(body.toString('latin1', 0, 100))?.[1] ?? '';
  const announced = /boundary=/i.test(contentType) ? contentType : `multipart/form-data; boundary="${firstLine}"`;
  try {
    return await new Response(new Uint8Array(body), { headers: { 'Content-Type': announced } }).formData();
  } catch (error) {
    throw invalidTokenRequest(`The multipart body cannot be parsed: ${(error as Error).message.replace(/\.+$/, '')}.`);
  }
}

/** The parameters of a token request. Others are ignored; the content of a part that is a file is read as text. */
async function parametersOf(entries: Iterable<[string, unknown]>): Promise<Parameters> {
  const parameters = new Map<string, string>();
  for (const [name, received] of entries) {
    if (!names.includes(name)) {
      continue;
    }
    const value = received instanceof Blob ? await received.text() : received;
    if (typeof value !== 'string' || (parameters.has(name) && parameters.get(name) !== value)) {
      throw twice(name);
    }
    if (value !== '') {
      parameters.set(name, value);
    }
  }
  return parameters;
}

function basicParameters(header: string | undefined): Parameters {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    return new Map();
  }
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) {
    throw invalidTokenRequest('The Basic authorization has no colon between client id and client secret.');
  }
  return new Map([
    ['client_id', formDecoded(text.slice(0, colon))],
    ['client_secret', formDecoded(text.slice(colon + 1))],
  ]);
}

/** RFC 6749 requires both parts to be form-encoded. Ids and secrets created here are the same either way. */
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}

function twice(name: string): Error {
  return invalidTokenRequest(`Parameter "${name}" was sent more than once, with different values. Send it once.`);
}
