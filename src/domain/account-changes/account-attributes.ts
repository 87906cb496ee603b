import { illegalValue } from '../../errors.ts';
import { listed } from '../../error-text.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import { accountNormaliser, type EntitlementLink, type SourceAccount } from '../aggregation/normalise-account.ts';
import { descriptionColumnOf } from '../aggregation/read-attributes.ts';
import { shownValue } from '../shown-value.ts';
import { refuseUnstorable } from '../storable.ts';
import { longestLongText } from '../text-limit.ts';

/** The maximum number of values that the attributes of an account can have in a request. */
const mostValues = 10_000;

/** The account schema of a source, and its attributes that hold entitlements. */
export interface AccountRules {
  readonly schema: SourceSchema;
  readonly links: readonly EntitlementLink[];
}

/** The attributes of an account as clients send them. */
export type ReceivedAttributes = Readonly<Record<string, unknown>>;

/**
 * Returns the account with these attributes, as an aggregation of one row with them would. Null, an empty text and an
 * empty array mean the same as no value.
 * @throws 400 for an attribute that the account schema does not have, a value that does not fit its attribute, a missing
 * key, and too many or too long values
 */
export function accountFrom(attributes: ReceivedAttributes, { schema, links }: AccountRules): SourceAccount {
  refuseUnstorable(attributes, 'attributes');
  const known = new Map(schema.attributes.map((attribute) => [attribute.name, attribute]));
  const unknown = Object.keys(attributes).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw illegalValue(
      `Field ${shownValue(`attributes.${unknown}`)} is not in the account schema. Its attributes are ${listed([...known.keys()])}.`,
    );
  }
  const texts = Object.entries(attributes).map(([name, value]) => ({
    name,
    values: textsOf(value, name, known.get(name)?.isMulti === true),
  }));
  const total = texts.reduce((sum, { values }) => sum + values.length, 0);
  if (total > mostValues) {
    throw illegalValue(`Field "attributes" has ${total} values. At most ${mostValues} are allowed.`);
  }
  const columns = texts.map(({ name }) => name);
  const key = keyIn(texts, schema.identityAttribute);
  refuseLongDescription(texts, descriptionColumnOf(columns));
  const account = accountNormaliser(
    schema,
    links,
    columns,
  )({
    key,
    rows: [{ line: 1, cells: texts.map(({ values }) => values) }],
    fingerprint: '',
    mayContradictItself: false,
  });
  if ('problem' in account) {
    throw illegalValue(`The attributes cannot be used: ${account.problem}.`);
  }
  const [warning] = account.warnings;
  if (warning !== undefined) {
    throw illegalValue(
      `Field ${shownValue(`attributes.${warning.column}`)} is ${shownValue(warning.value)}. It must be of type ${warning.type}.`,
    );
  }
  return account;
}

interface Texts {
  readonly name: string;
  readonly values: readonly string[];
}

function keyIn(texts: readonly Texts[], attribute: string | null): string {
  if (attribute === null) {
    throw illegalValue('The account schema has no identityAttribute. Set it to the attribute that contains the key.');
  }
  const [key] = texts.find(({ name }) => name === attribute)?.values ?? [];
  if (key === undefined) {
    throw illegalValue(`Field ${shownValue(`attributes.${attribute}`)} is required: it is the key of the account.`);
  }
  return key;
}

function refuseLongDescription(texts: readonly Texts[], column: string | undefined): void {
  const [text = ''] = texts.find(({ name }) => name === column)?.values ?? [];
  if (text.length > longestLongText) {
    throw illegalValue(
      `Field ${shownValue(`attributes.${column}`)} has ${text.length} characters. At most ${longestLongText} are allowed.`,
    );
  }
}

/** Returns the values of an attribute as the texts that a file would contain. */
function textsOf(value: unknown, name: string, isMulti: boolean): string[] {
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '');
  const wrong = values.find((one) => !['string', 'number', 'boolean'].includes(typeof one));
  if (wrong !== undefined || (values.length > 1 && !isMulti)) {
    const allowed = isMulti ? 'a text, a number, true, false or an array of them' : 'a text, a number, true or false';
    throw illegalValue(`Field ${shownValue(`attributes.${name}`)} is ${shownValue(value)}. It must be ${allowed}.`);
  }
  return values.map(String);
}
