import type { RequestConfig, SetRequestConfig } from '../../storage/request-config/request-config.ts';

/** Where a value comes from. */
export const configOrigins = ['ENTITLEMENT', 'SOURCE', 'ORGANISATION', 'DEFAULT'] as const;
export type ConfigOrigin = (typeof configOrigins)[number];

/** The origin of each value of a configuration. */
export type RequestConfigOrigins = {
  readonly [Part in keyof RequestConfig]: { readonly [Name in keyof RequestConfig[Part]]: ConfigOrigin };
};

/** The values that are used if nothing is set. Requests are approved by the owner of the source. */
const defaults: RequestConfig = {
  accessRequestConfig: {
    approvalSchemes: [{ approverType: 'SOURCE_OWNER' }],
    requestCommentRequired: false,
    denialCommentRequired: false,
    reauthorizationRequired: false,
    requireEndDate: false,
    maxPermittedAccessDuration: null,
  },
  revocationRequestConfig: { approvalSchemes: [] },
};

/** What is set in one place. */
export interface ConfigLevel {
  readonly origin: ConfigOrigin;
  readonly config: SetRequestConfig | null;
}

/** A configuration with all values, and where each of them comes from. */
export interface ConfigInForce {
  readonly config: RequestConfig;
  readonly origins: RequestConfigOrigins;
}

/**
 * Returns the configuration in force. Each value is that of the first level that sets it (contract A.3: entitlement,
 * then source, then organisation).
 */
export function configInForce(levels: readonly ConfigLevel[]): ConfigInForce {
  const lowestFirst = levels.toReversed();
  const part = <P extends keyof RequestConfig>(name: P): [RequestConfig[P], RequestConfigOrigins[P]] => [
    Object.assign({}, defaults[name], ...lowestFirst.map(({ config }) => config?.[name])) as RequestConfig[P],
    Object.assign(
      originsOf(defaults[name], 'DEFAULT'),
      ...lowestFirst.map(({ config, origin }) => originsOf(config?.[name], origin)),
    ) as RequestConfigOrigins[P],
  ];
  const [accessRequestConfig, accessOrigins] = part('accessRequestConfig');
  const [revocationRequestConfig, revocationOrigins] = part('revocationRequestConfig');
  return {
    config: { accessRequestConfig, revocationRequestConfig },
    origins: { accessRequestConfig: accessOrigins, revocationRequestConfig: revocationOrigins },
  };
}

function originsOf(values: object | undefined, origin: ConfigOrigin): Record<string, ConfigOrigin> {
  return Object.fromEntries(Object.keys(values ?? {}).map((name) => [name, origin]));
}
