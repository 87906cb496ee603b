import type { Session, Transaction } from '../database.ts';

export const approverTypes = ['ENTITLEMENT_OWNER', 'SOURCE_OWNER', 'MANAGER', 'GOVERNANCE_GROUP', 'WORKFLOW'] as const;
export type ApproverType = (typeof approverTypes)[number];

/** One step of an approval. */
export interface ApprovalScheme {
  readonly approverType: ApproverType;
  /** Only for GOVERNANCE_GROUP and WORKFLOW. */
  readonly approverId?: string;
}

export const durationUnits = ['HOURS', 'DAYS', 'WEEKS', 'MONTHS'] as const;

export interface AccessDuration {
  readonly value: number;
  readonly timeUnit: (typeof durationUnits)[number];
}

/** How an entitlement may be requested and revoked (contract A.3, EntitlementRequestConfig), with all values. */
export interface RequestConfig {
  readonly accessRequestConfig: {
    /** The steps in their order; none: requests are approved at once. */
    readonly approvalSchemes: readonly ApprovalScheme[];
    readonly requestCommentRequired: boolean;
    readonly denialCommentRequired: boolean;
    readonly reauthorizationRequired: boolean;
    readonly requireEndDate: boolean;
    /** Null: access may be permanent. */
    readonly maxPermittedAccessDuration: AccessDuration | null;
  };
  readonly revocationRequestConfig: { readonly approvalSchemes: readonly ApprovalScheme[] };
}

/** The values that are set in one place. Absent values are inherited. */
export interface SetRequestConfig {
  readonly accessRequestConfig?: Partial<RequestConfig['accessRequestConfig']>;
  readonly revocationRequestConfig?: Partial<RequestConfig['revocationRequestConfig']>;
}

/** Returns the ids of the governance groups among steps. */
export function groupsIn(schemes: readonly ApprovalScheme[]): string[] {
  return schemes.flatMap(({ approverType, approverId }) =>
    approverType === 'GOVERNANCE_GROUP' && approverId !== undefined ? [approverId] : [],
  );
}

/** Returns the ids of all governance groups in a stored configuration. */
export function groupsOfConfig(stored: string | null): string[] {
  // Most configurations have none.
  const { accessRequestConfig, revocationRequestConfig } =
    stored?.includes('GOVERNANCE_GROUP') === true ? (parsedConfig(stored) ?? {}) : {};
  return [accessRequestConfig, revocationRequestConfig].flatMap((part) => groupsIn(part?.approvalSchemes ?? []));
}

/**
 * Returns a stored configuration without the steps of groups that no longer exist. If no step is left, the steps are
 * inherited: without steps requests would be approved at once.
 */
export function withGroupsAmong(existing: ReadonlySet<string>, stored: string | null): string | null {
  if (groupsOfConfig(stored).every((id) => existing.has(id))) {
    return stored;
  }
  const parts = Object.entries(parsedConfig(stored) ?? {})
    .map(([name, part]: [string, { readonly approvalSchemes?: readonly ApprovalScheme[] }]) => {
      const { approvalSchemes, ...others } = part;
      const left = approvalSchemes?.filter((scheme) => groupsIn([scheme]).every((id) => existing.has(id)));
      return [
        name,
        left?.length === approvalSchemes?.length
          ? part
          : left?.length === 0
            ? others
            : { ...part, approvalSchemes: left },
      ];
    })
    .filter(([, part]) => Object.keys(part ?? {}).length > 0);
  return parts.length === 0 ? null : JSON.stringify(Object.fromEntries(parts));
}

/** Returns what is set on a source, or null. */
export async function findSourceRequestConfig(session: Session, sourceId: string): Promise<SetRequestConfig | null> {
  const row = await session.query
    .selectFrom('source')
    .select('entitlement_request_config as config')
    .where('id', '=', sourceId)
    .executeTakeFirst();
  return parsedConfig(row?.config ?? null);
}

/** Sets what is set on a locked source; null for nothing. */
export async function setSourceRequestConfig(
  transaction: Transaction,
  sourceId: string,
  config: SetRequestConfig | null,
): Promise<void> {
  await transaction.query
    .updateTable('source')
    .set({ entitlement_request_config: storedConfig(config) })
    .where('id', '=', sourceId)
    .execute();
}

/** The stored form. */
export function storedConfig(config: SetRequestConfig | null): string | null {
  return config === null ? null : JSON.stringify(config);
}

/** The opposite of `storedConfig`. */
export function parsedConfig(text: string | null): SetRequestConfig | null {
  return text === null ? null : (JSON.parse(text) as SetRequestConfig);
}
