/** An account as an aggregation just wrote it: what identities and correlation need to know of it. */
export interface AppliedAccount {
  readonly id: string;
  readonly sourceId: string;
  readonly nativeIdentity: string;
  /** The value of the display attribute, or the native identity where there is none. */
  readonly name: string;
  /** The attributes of the account schema: a text, number or boolean, several as an array, absent or null for none. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether the account was not there before, or returns from its tombstone. */
  readonly isNew: boolean;
}
