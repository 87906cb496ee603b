import type { LoadRequest } from './run-load.ts';

/** A request for a list. */
export function listRequest(path: string, query: Readonly<Record<string, string | number | boolean>>): LoadRequest {
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return { method: 'GET', path: `${path}?${text.join('&')}` };
}

/** A request for one entitlement. */
export function getRequest(id: string): LoadRequest {
  return { method: 'GET', path: `/v2025/entitlements/${id}` };
}
