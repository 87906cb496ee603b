/** The user levels of the contract (§0, "Auth"), as `auth-users` calls them: capabilities. */
export const userLevels = [
  'CERT_ADMIN',
  'CLOUD_GOV_ADMIN',
  'CLOUD_GOV_USER',
  'HELPDESK',
  'ORG_ADMIN',
  'REPORT_ADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
  'SAAS_MANAGEMENT_ADMIN',
  'SAAS_MANAGEMENT_READER',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
] as const;

export type UserLevel = (typeof userLevels)[number];

/** Who makes a request: a client, acting for a person or for itself. */
export interface Principal {
  readonly clientId: string;
  /** The person's identity; null for a client without a person. */
  readonly identityId: string | null;
  /** The person's name, or the client's. */
  readonly name: string;
  /** The scopes the token was given. */
  readonly scopes: readonly string[];
  readonly userLevels: readonly UserLevel[];
}
