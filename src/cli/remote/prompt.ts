import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text as textOf } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { CommandFailure, exitCodes } from '../exit-codes.ts';

/** Asks on the terminal. An empty answer returns `fallback`, if given. */
export async function ask(question: string, fallback = ''): Promise<string> {
  return (await answerTo(`${question}${fallback === '' ? '' : ` [${fallback}]`}: `, process.stderr)) || fallback;
}

/** Asks on the terminal without echoing the answer. */
export async function askSecretly(question: string): Promise<string> {
  process.stderr.write(`${question} (hidden): `);
  const answer = await answerTo('', new Writable({ write: (_chunk, _encoding, done) => done() }));
  process.stderr.write('\n');
  return answer;
}

/** Returns the first line of standard input if that is not a terminal. */
export async function pipedSecret(): Promise<string> {
  return (await textOf(process.stdin)).split(/\r?\n/)[0]?.trim() ?? '';
}

async function answerTo(question: string, output: NodeJS.WritableStream): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  prompt.once('SIGINT', () => {
    process.stderr.write('\n');
    process.exit(exitCodes.interrupted.code);
  });
  // Ctrl+D rejects the question; the end of the input only closes it.
  const asked = prompt.question(question).catch(() => undefined);
  const answer = await Promise.race([asked, once(prompt, 'close').then(() => undefined)]);
  prompt.close();
  if (answer === undefined) {
    throw new CommandFailure('wrongUse', 'The input ended before the question was answered.');
  }
  return answer.trim();
}
