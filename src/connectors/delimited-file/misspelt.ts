import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import { nearest } from '../../likeness.ts';
import type { ConnectorAttributes } from '../connector.ts';
import { settingDefinitions } from './settings.ts';

const prefix = 'group.';
const names = settingDefinitions.map(({ name }) => name);

/** A name that is so few letters away from a setting is taken for a slip. */
const mostSlips = 2;

/**
 * Refuses `group.` attributes that are nearly a setting, as `group.delimeter`: kept in silence, the files would be
 * read otherwise than somebody meant. Others are let be: sources brought from elsewhere carry many.
 * Throws `illegalValue` that names the attribute and the setting.
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
