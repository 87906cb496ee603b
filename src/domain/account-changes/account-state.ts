import type { AccountTruth } from '../../storage/accounts/account-record.ts';

/** A change of the state of an account that a client requests. */
export interface AccountStateChange {
  readonly kind: 'state';
  readonly accountId: string;
  readonly field: 'disabled' | 'locked';
  readonly value: boolean;
}

/** The attributes that set the state of an account, in lower case (`accountNormaliser`). */
export const stateColumns = { disabled: ['disabled', 'iiqdisabled'], locked: ['locked', 'iiqlocked'] } as const;

/** Returns the data of an account with another state. An attribute that has the state is changed too, so that both agree. */
export function withState(truth: AccountTruth, { field, value }: AccountStateChange): AccountTruth {
  const columns: readonly string[] = stateColumns[field];
  const attributes = Object.entries(truth.attributes).map(([name, before]) => {
    const isState = columns.includes(name.toLowerCase());
    return [name, isState && typeof before === 'boolean' ? value : isState ? String(value) : before] as const;
  });
  return { ...truth, [field]: value, attributes: Object.fromEntries(attributes) };
}

/** The same change of several accounts of one source; the parameters of its task. */
export interface AccountStatesChange extends Pick<AccountStateChange, 'field' | 'value'> {
  readonly kind: 'states';
  readonly accountIds: readonly string[];
}
