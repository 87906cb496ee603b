/** An account that an aggregation has just written, as needed for identities and correlation. */
export interface AppliedAccount {
  readonly id: string;
  readonly sourceId: string;
  readonly nativeIdentity: string;
  /** The value of the display attribute, or the native identity. */
  readonly name: string;
  /** The attributes of the account schema: a string, number or boolean, an array of them, or absent or null. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether the account is new or was restored from its tombstone. */
  readonly isNew: boolean;
}
