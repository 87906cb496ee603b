import { isServiceLink, settingMeantBy, settings } from '../config.ts';

const known = [...Object.values(settings).map(({ variable }) => variable), 'MUNIMENT_CONFIG', 'MUNIMENT_URL'];

/** Variables that configure the tests of this project. */
const ofTests = /^MUNIMENT_(TEST_|ACCEPTANCE_|REFERENCE_DIR$|SHARED_DIR$)/;

/** Variables that Kubernetes sets in every container for a service whose name begins with "muniment". */
const ofServices = /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;

/**
 * Returns a warning for each variable that looks like a setting but is not one. These are not errors: other software may
 * set such variables, and newer versions may have more settings.
 */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = Object.keys(environment).filter((name) => /^MUNIMENT_/i.test(name) && environment[name] !== '');
  return names.toSorted().flatMap((name) => {
    const text = environment[name];
    if (isServiceLink(name, text)) {
      return name === settings.port.variable
        ? [
            `${name} is "${text}", as Kubernetes sets it for a service called "muniment". It is ignored: set ${name} in the pod, or --port.`,
          ]
        : [];
    }
    if (known.includes(name) || ofTests.test(name) || ofServices.test(name)) {
      return [];
    }
    const meant = settingMeantBy(name, known) ?? known.find((variable) => name.startsWith(`${variable}_`));
    const advice = meant === undefined ? '' : ` Did you mean ${meant}?`;
    return [`${name} is set, but there is no such setting.${advice}`];
  });
}
