/** The settings that a command line names, and how to write. */
export type LocalFlags = Readonly<Record<string, string | undefined>> & {
  readonly json?: unknown;
  readonly force?: unknown;
  readonly thorough?: unknown;
};
