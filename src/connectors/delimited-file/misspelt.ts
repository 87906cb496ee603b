import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { nearest } from '../../likeness.ts';
import type { ConnectorAttributes } from '../connector.ts';
import { settingDefinitions } from './settings.ts';

const prefix = 'group.';
const names = settingDefinitions.map(({ name }) => name);

/** The maximum edit distance of a misspelt setting. */
const mostSlips = 2;

/**
 * Rejects misspelt `group.` settings such as `group.delimeter`, which would otherwise be ignored silently. Other unknown
 * attributes are accepted: sources copied from ISC have many.
 * Throws `illegalValue` with the attribute and the setting.
 */
export function refuseMisspelt(connectorAttributes: ConnectorAttributes): void {
  for (const attribute of Object.keys(connectorAttributes)) {
    const name = attribute.slice(prefix.length);
    const meant = isOfGroups(attribute) ? nearest(name, names, mostSlips) : undefined;
    if (meant !== undefined && attribute !== prefix + meant) {
      throw illegalValue(`connectorAttributes "${shortened(attribute)}" is not a setting. Write "${prefix}${meant}".`);
    }
  }
}

function isOfGroups(attribute: string): boolean {
  return attribute.slice(0, prefix.length).toLowerCase() === prefix;
}
