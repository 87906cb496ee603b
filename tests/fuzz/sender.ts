import type { Gate } from './gate.ts';
import { problemOf } from './judge/judge.ts';
import type { Plan, WireRequest } from './plans/plan.ts';
import { encoded } from './plans/texts.ts';
import type { World } from './server/world.ts';
import type { Tally } from './tally.ts';
import { buildRequest } from './wire/build-request.ts';
import { Connection, NoAnswer, type RawResponse } from './wire/connection.ts';

/** The maximum response time, in milliseconds. */
const longest = 2000;
/** A response that is not complete after this time, in milliseconds, is a hang, which is not retried. */
const defaultPatience = 15_000;

interface Sent {
  /** Undefined: the connection was closed, which is a valid response to invalid HTTP. */
  readonly response: RawResponse | undefined;
  readonly milliseconds: number;
}

/** An invalid response or behaviour. */
export class Finding extends Error {
  readonly request: WireRequest;
  constructor(problem: string, request: WireRequest) {
    super(problem);
    this.request = request;
  }
}

/** Sends planned requests one after another, and judges the responses. */
export class Sender {
  readonly #url: string;
  readonly #world: World;
  readonly #tally: Tally;
  readonly #gate: Gate;
  readonly #patience: number;
  #connection: Connection | undefined;

  constructor(url: string, world: World, tally: Tally, gate: Gate, patience = defaultPatience) {
    this.#url = url;
    this.#world = world;
    this.#tally = tally;
    this.#gate = gate;
    this.#patience = patience;
  }

  /** Throws a Finding if the response is invalid. */
  async send(plan: Plan): Promise<void> {
    const request = buildRequest(plan, {
      resolve: (text) => this.#world.resolve(text),
      resolveUrl: (text) => this.#world.resolve(text, encoded),
      tokenOf: (caller) => this.#world.tokens[caller],
    });
    let sent: Sent;
    try {
      sent = await this.#gate.beside(() => this.#exchange(request));
      if (sent.milliseconds > longest) {
        // The machine may be busy.
        sent = await this.#gate.alone(() => this.#exchange(request));
        this.#tally.slowOnce += sent.milliseconds > longest ? 0 : 1;
      }
    } catch (error) {
      throw new Finding((error as Error).message, request);
    }
    const { response, milliseconds } = sent;
    this.#tally.answered(plan, response?.status ?? 0, milliseconds);
    if (milliseconds > longest) {
      throw new Finding(`answered after ${Math.round(milliseconds)} ms, sent alone`, request);
    }
    if (response === undefined) {
      return;
    }
    const problem = problemOf(plan, request, response);
    if (problem !== undefined) {
      throw new Finding(problem, request);
    }
    this.#learn(plan, request, response);
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #learn(plan: Plan, request: WireRequest, { status, headers, body }: RawResponse): void {
    if (status >= 200 && status < 300 && plan.isOfOperation === true) {
      const isJson = headers['content-type']?.startsWith('application/json') ?? false;
      this.#world.learn(plan.method, request.target, status, isJson ? body.toString('utf8') : '');
    }
    if (status === 401 && plan.caller === 'administrator' && !plan.headers.some(([name]) => name === 'Authorization')) {
      this.#world.lostRights += 1;
    }
  }

  /** @param begun when the request was first sent: a repetition shares its time limit */
  async #exchange(request: WireRequest, begun = performance.now()): Promise<Sent> {
    const isReused = !request.isBroken && this.#connection?.isUsable === true;
    try {
      return await this.#once(request, begun);
    } catch (error) {
      this.close();
      if (!(error instanceof NoAnswer)) {
        throw error;
      }
      // A server may close an idle connection while a request is on its way.
      if (isReused && error.absence === 'closed at the write') {
        this.#tally.resent += 1;
        return this.#exchange(request, begun);
      }
      if (request.isBroken && error.absence !== 'silence') {
        return { response: undefined, milliseconds: performance.now() - begun };
      }
      throw error;
    }
  }

  async #once(request: WireRequest, begun: number): Promise<Sent> {
    if (request.isBroken) {
      this.close();
    }
    if (this.#connection?.isUsable !== true) {
      this.#connection = await Connection.open(this.#url);
    }
    const response = await this.#connection.send(request.bytes, request.method, request.isBroken, this.#patience);
    const milliseconds = performance.now() - begun;
    if (request.isBroken || !response.isKept) {
      this.close();
    }
    return { response, milliseconds };
  }
}
