import { type GetPersonalAccessTokenResponse, scopes } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { showList } from './list.ts';
import { inform, write, writeJson } from './output.ts';
import { detailText } from './table.ts';
import { openClient, type RemoteFlags } from './session.ts';

/** The scope that includes all others. */
const everyScope = 'sp:scopes:all';

interface CreateFlags extends RemoteFlags {
  readonly scope?: readonly string[];
  readonly expires?: string;
}

/** `muniment tokens create NAME`: the secret is shown only here. */
export async function createToken(name: string, { scope, expires, ...flags }: CreateFlags): Promise<void> {
  const never = expires === 'never';
  const expirationDate = expires === undefined || never ? null : timeOf(expires);
  const { body } = await openClient(flags).call('createPersonalAccessToken', {
    body: {
      name,
      ...(scope === undefined ? {} : { scope }),
      ...(expires === undefined ? {} : { expirationDate }),
      ...(never ? { userAwareTokenNeverExpires: true } : {}),
    },
  });
  const unused = scope?.filter((each) => each !== everyScope && !scopes.includes(each)) ?? [];
  if (unused.length > 0) {
    inform(`Warning: no operation of Muniment uses the scope ${unused.join(', ')}. Is it correct?`);
  }
  await (flags.json === true ? writeJson(body) : write(detailText(body)));
  inform('Save the secret now: it is not shown again. Anyone who has it has the rights of the token.');
}

/** Returns the end of a day, or the given time. */
function timeOf(text: string): string {
  const [date = ''] = /^\d{4}-\d\d-\d\d/.exec(text) ?? [];
  const time = new Date(date === text ? `${text}T23:59:59Z` : text);
  if (!isOfTheCalendar(date) || Number.isNaN(time.getTime())) {
    throw new CommandFailure('wrongUse', `--expires is "${text}". It must be a date such as 2030-12-31, or never.`);
  }
  return time.toISOString();
}

/** Rejects dates like 31 February, which JavaScript would move to March. */
function isOfTheCalendar(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

/** `muniment tokens list`: the caller's tokens; administrators can list all tokens. */
export async function listTokens(flags: RemoteFlags & { readonly everyone?: true }): Promise<void> {
  const client = openClient(flags);
  const query = flags.everyone === true ? {} : { 'owner-id': 'me' };
  const { body } = await client.call('listPersonalAccessTokens', { query });
  await showList<GetPersonalAccessTokenResponse>(
    { ...flags, all: true },
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'OWNER', cell: ({ owner }) => owner.name },
      { heading: 'SCOPE', cell: ({ scope }) => scope?.join(' ') },
      { heading: 'EXPIRES', cell: ({ expirationDate }) => expirationDate?.slice(0, 10) ?? 'never' },
      { heading: 'LAST USED', cell: ({ lastUsed }) => lastUsed?.slice(0, 10) ?? 'never' },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    (async function* onePage() {
      yield body;
    })(),
  );
}

/** `muniment tokens revoke ID` */
export async function revokeToken(id: string, flags: RemoteFlags): Promise<void> {
  await openClient(flags).call('deletePersonalAccessToken', { path: { id } });
  await (flags.json === true ? writeJson({ id }) : write(`Token ${id} was deleted.\n`));
}
