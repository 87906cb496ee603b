/** The settings given on the command line, and the flags of the local commands. */
export type LocalFlags = Readonly<Record<string, string | undefined>> & {
  readonly json?: unknown;
  readonly force?: unknown;
  readonly thorough?: unknown;
};
