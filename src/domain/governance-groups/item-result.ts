/** What happened to one item of a request for many (contract B.5). */
export interface ItemResult {
  readonly id: string;
  /** A status of HTTP. */
  readonly status: number;
  readonly description: string;
}
