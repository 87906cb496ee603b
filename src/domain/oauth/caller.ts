/** The user levels of the contract (§0, "Auth"), which `auth-users` calls capabilities. */
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

/** The identity that a client acts for: the subject of its access token. */
export interface Subject {
  /** The identity's id. */
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[];
}

/** The sender of a request: a client and the subject that it acts for, if any. The rights are the subject's. */
export interface Caller {
  readonly clientId: string;
  /** The subject's identity; null for a client that acts for itself. */
  readonly subjectId: string | null;
  /** The subject's name, or the client's. */
  readonly name: string;
  /** Those scopes of the token that the client still has. */
  readonly scopes: readonly string[];
  /** The user levels of the subject. */
  readonly userLevels: readonly UserLevel[];
}

/** The capabilities that are user levels. */
export function userLevelsOf({ capabilities }: Pick<Subject, 'capabilities'>): UserLevel[] {
  return userLevels.filter((level) => capabilities.includes(level));
}
