import type { Static } from 'typebox';
import type { ApprovalScheme, RequestConfig } from '../../domain/request-config/check-request-config.ts';
import type { ShownRequestConfig } from '../../domain/request-config/request-configs.ts';
import type { Reply } from '../operation.ts';
import type { requestConfig } from './schemas.ts';

/** The form of a request configuration in a family. */
export interface RequestConfigShape {
  readonly hasForm: boolean;
}

/** The response with the configuration in force; its version is that of the entitlement or source. */
export function requestConfigReply({ config, version }: ShownRequestConfig, shape: RequestConfigShape): Reply {
  return { body: toRequestConfig(config, shape), version };
}

/** The response of `/muniment/v1`, with the origin of each value. */
export function requestConfigOriginsReply({ own, config, origins, version }: ShownRequestConfig): Reply {
  return { body: { own, inForce: toRequestConfig(config, { hasForm: false }), origins }, version };
}

/** Serialises a configuration with all values. */
export function toRequestConfig(
  { accessRequestConfig, revocationRequestConfig }: RequestConfig,
  { hasForm }: RequestConfigShape,
): Static<typeof requestConfig> {
  return {
    accessRequestConfig: {
      ...accessRequestConfig,
      approvalSchemes: toSchemes(accessRequestConfig.approvalSchemes),
      ...(hasForm ? { formDefinitionId: null } : {}),
    },
    revocationRequestConfig: { approvalSchemes: toSchemes(revocationRequestConfig.approvalSchemes) },
  } as Static<typeof requestConfig>;
}

function toSchemes(schemes: readonly ApprovalScheme[]) {
  return schemes.map(({ approverType, approverId = null }) => ({ approverType, approverId }));
}
