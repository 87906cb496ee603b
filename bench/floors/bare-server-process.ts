import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** A server that sends recorded responses in turn to any request: the minimum that a server can do. */
interface Recorded {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const answers = (JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Recorded[]).map(({ headers, body }) => ({
  headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  body,
}));
let next = 0;

const server = createServer((_request, response) => {
  const answer = answers[next++ % answers.length];
  response.writeHead(200, answer?.headers);
  response.end(answer?.body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
