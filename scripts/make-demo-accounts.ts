/**
 * Generates the account files of the sample organisation from its people and entitlements, deterministically. Run it after
 * changing those: `node scripts/make-demo-accounts.ts`. No name ends in a digit or looks like a date.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

type Row = Readonly<Record<string, string>>;

/** An account: all columns except the last one, which has one entitlement per row. */
interface Account {
  readonly cells: readonly string[];
  readonly entitlements: readonly string[];
}

const folder = new URL('../demo/', import.meta.url);
const siteCodes: Readonly<Record<string, string>> = {
  Bristol: 'BRS',
  Jena: 'JEN',
  Lyon: 'LYN',
  Nagoya: 'NGO',
  Wrocław: 'WRO',
  Zaragoza: 'ZAZ',
};
const sites = Object.keys(siteCodes);

const people = rowsOf('people.csv');
const groups = objectsOf('directory/groups.csv', 'distinguishedName');
const policies = objectsOf('cloud/policies.csv', 'id');
const roles = objectsOf('erp/roles.csv', 'roleId');

write('directory/accounts.csv', 'sAMAccountName,displayName,mail,employeeId,accountType,memberOf', directoryAccounts());
write('cloud/accounts.csv', 'principal,displayName,email,kind,policies', cloudAccounts());
write('erp/accounts.csv', 'userId,fullName,userGroup,site,roles', erpAccounts());

function directoryAccounts(): Account[] {
  const named = (prefix: string): string[] => [...groups.keys()].filter((name) => name.startsWith(`CN=${prefix}`));
  const groupOf = (name: string): string[] => named(`${name},`);
  const ordinary = [...named('LIC-'), ...named('PRN-'), ...named('PRJ-'), ...named('VPN-')];
  const applications = named('APP-').filter((name) => groups.get(name)?.['privileged'] !== 'true');
  const administrative = named('ADM-');
  const employees = people.flatMap((person): Account[] => {
    const { userName = '', displayName = '', email = '', employeeId = '', department = '', site = '' } = person;
    const own: Account = {
      cells: [userName, displayName, email, employeeId, 'person'],
      entitlements: [
        ...groupOf(`GG-Site-${plain(site)}`),
        ...groupOf(`GG-${plain(department)}`),
        ...pick(named(`FS-${siteCodes[site]}-`), 1, `${userName} share`),
        ...pick(applications, 2, `${userName} application`),
        ...pick(ordinary, 2, `${userName} other`),
      ],
    };
    return department === 'Information Technology'
      ? [
          own,
          {
            cells: [`adm-${userName}`, `${displayName} (administration)`, '', employeeId, 'administrator'],
            entitlements: pick(administrative, 3, `${userName} administration`),
          },
        ]
      : [own];
  });
  const names = [...new Set(named('APP-').map((name) => name.split('-')[1]?.split(',')[0] ?? ''))];
  const services = names.flatMap((application) =>
    ['backup', 'import', 'export', 'monitor', 'scheduler'].map((use): Account => ({
      cells: [`svc-${application.toLowerCase()}-${use}`, `${application} ${use} service`, '', '', 'service'],
      entitlements: [
        ...pick(named(`APP-${application}`), 1, `${application} ${use}`),
        ...(use === 'backup' ? groupOf('ADM-BackupOperators') : []),
      ],
    })),
  );
  const mailboxes = sites.flatMap((site) =>
    [
      'reception',
      'invoices',
      'recruiting',
      'visitors',
      'deliveries',
      'training',
      'canteen',
      'fleet',
      'post',
      'safety',
      'quality',
      'press',
      'events',
      'payroll',
      'service-desk',
      'customs',
      'returns',
      'tenders',
      'planning',
      'lost-property',
    ].map((topic): Account => ({
      cells: [
        `mbx-${plain(site).toLowerCase()}-${topic}`,
        `${title(topic)} ${site}`,
        `${topic}.${plain(site).toLowerCase()}@aldermoor.example`,
        '',
        'shared mailbox',
      ],
      entitlements: pick(named('LIC-'), 1, `${site} ${topic}`),
    })),
  );
  const terminals = sites.flatMap((site) =>
    [
      'assembly',
      'cleanroom',
      'gate',
      'goods-in',
      'laboratory',
      'machine-shop',
      'packing',
      'stores',
      'test-bench',
      'yard',
    ].flatMap((place) =>
      ['east', 'west', 'north', 'south'].map((side): Account => ({
        cells: [
          `kiosk-${plain(site).toLowerCase()}-${place}-${side}`,
          `Terminal ${title(place)} ${title(side)}, ${site}`,
          '',
          '',
          'terminal',
        ],
        entitlements: pick(named('PC-'), 1, `${site} ${place} ${side}`),
      })),
    ),
  );
  return [...employees, ...services, ...mailboxes, ...terminals];
}

function cloudAccounts(): Account[] {
  const projects = [...new Set([...policies.keys()].map((id) => id.split('/')[0] ?? ''))];
  const within = (project: string, privileged: boolean): string[] =>
    [...policies]
      .filter(([id, row]) => id.startsWith(`${project}/`) && (row['privileged'] === 'true') === privileged)
      .map(([id]) => id);
  const users = people
    .filter(({ department = '' }) => !['Manufacturing', 'Facilities'].includes(department))
    .map(({ userName = '', displayName = '', email = '', department = '' }): Account => {
      const [first = '', second = ''] = pick(projects, 2, `${userName} project`);
      return {
        cells: [email, displayName, email, 'user'],
        entitlements: [
          ...pick(within(first, false), 2, `${userName} first`),
          ...pick(within(second, false), 1, `${userName} second`),
          ...(department === 'Information Technology' ? pick(within(first, true), 1, `${userName} privileged`) : []),
        ],
      };
    });
  const workloads = projects.flatMap((project) =>
    [
      'api',
      'archive',
      'batch',
      'cache',
      'cleanup',
      'deploy',
      'export',
      'front-end',
      'gateway',
      'import',
      'indexer',
      'mailer',
      'metrics',
      'notifier',
      'probe',
      'queue',
      'replay',
      'report',
      'scheduler',
      'search',
      'sync',
      'worker',
    ].map((use): Account => ({
      cells: [`workload/${project}/${use}`, `${title(project)} ${title(use)}`, '', 'workload'],
      entitlements: [
        ...pick(within(project, false), 1, `${project} ${use}`),
        ...(use === 'deploy' ? pick(within(project, true), 1, `${project} deploy`) : []),
      ],
    })),
  );
  return [...users, ...workloads];
}

function erpAccounts(): Account[] {
  const modulesOf: Readonly<Record<string, readonly string[]>> = {
    'Customer Service': ['Service', 'Sales'],
    'Executive Office': ['Reporting', 'Controlling'],
    Facilities: ['Purchasing', 'Maintenance'],
    Finance: ['General Ledger', 'Accounts Payable', 'Accounts Receivable', 'Treasury', 'Tax', 'Fixed Assets'],
    'Human Resources': ['Human Resources', 'Payroll'],
    'Information Technology': ['Platform', 'Master Data'],
    'Legal and Compliance': ['Reporting', 'Purchasing'],
    Manufacturing: ['Production', 'Warehouse', 'Maintenance'],
    Marketing: ['Sales', 'Reporting'],
    Quality: ['Quality', 'Production'],
    'Research and Development': ['Master Data', 'Production'],
    Sales: ['Sales', 'Accounts Receivable'],
    'Supply Chain': ['Purchasing', 'Warehouse', 'Master Data'],
  };
  const rolesOf = (modules: readonly string[], site: string): string[] => {
    const code = siteCodes[site] ?? '';
    const others = Object.values(siteCodes).filter((other) => other !== code);
    return [...roles]
      .filter(([id, row]) => modules.includes(row['module'] ?? '') && !others.some((other) => id.endsWith(`_${other}`)))
      .map(([id]) => id);
  };
  const modules = [...new Set([...roles.values()].map((row) => row['module'] ?? ''))];
  const base = 'SYS_BASE_USER';
  const employees = people.map(({ userName = '', displayName = '', department = '', site = '' }): Account => ({
    cells: [userName.toUpperCase(), displayName, 'DIALOG', site],
    entitlements: [base, ...pick(rolesOf(modulesOf[department] ?? [], site), 3, userName)],
  }));
  const interfaces = modules.flatMap((module) =>
    [
      'BANK',
      'CARRIER',
      'CUSTOMS',
      'DIRECTORY',
      'LABORATORY',
      'PAYROLL',
      'PORTAL',
      'SCALES',
      'SCANNER',
      'SHOPFLOOR',
      'SUPPLIER',
      'WEBSHOP',
    ].map((partner): Account => ({
      cells: [`IF_${upper(module)}_${partner}`, `Interface ${module} ${title(partner.toLowerCase())}`, 'SYSTEM', ''],
      entitlements: pick(rolesOf([module], ''), 1, `${module} ${partner}`),
    })),
  );
  const trainees = modules.flatMap((module) =>
    ['AMBER', 'BLUE', 'CORAL', 'GREEN', 'INDIGO', 'OLIVE', 'PEARL', 'RED', 'SILVER', 'TEAL', 'VIOLET', 'WHITE'].map(
      (colour): Account => ({
        cells: [`TRN_${upper(module)}_${colour}`, `Training ${module} ${title(colour.toLowerCase())}`, 'TRAINING', ''],
        entitlements: [base, ...pick(rolesOf([module], ''), 1, `${module} ${colour}`)],
      }),
    ),
  );
  return [...employees, ...interfaces, ...trainees];
}

/** Picks some of the members, always the same ones for the same purpose. */
function pick(members: readonly string[], number: number, purpose: string): string[] {
  const rank = (member: string): string => createHash('sha256').update(`${purpose}\n${member}`).digest('hex');
  return members
    .map((member) => [rank(member), member] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, number)
    .map(([, member]) => member);
}

function write(path: string, header: string, accounts: readonly Account[]): void {
  const lines = accounts
    .toSorted((a, b) => ((a.cells[0] ?? '') < (b.cells[0] ?? '') ? -1 : 1))
    .flatMap(({ cells, entitlements }) => {
      const held = entitlements.length === 0 ? [''] : [...new Set(entitlements)];
      return held.map((entitlement) => [...cells, entitlement].map(quoted).join(','));
    });
  writeFileSync(new URL(path, folder), `${[header, ...lines].join('\n')}\n`);
  console.log(`demo/${path}: ${accounts.length} accounts in ${lines.length} rows.`);
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function rowsOf(path: string): Row[] {
  return parse(readFileSync(new URL(path, folder), 'utf8'), { columns: true });
}

/** Returns the objects of a file by key; the first row of each. */
function objectsOf(path: string, key: string): Map<string, Row> {
  return new Map(
    rowsOf(path)
      .toReversed()
      .map((row) => [row[key] ?? '', row]),
  );
}

/** Converts a name to the form in groups and accounts: no accents, no spaces, words capitalised. */
function plain(name: string): string {
  return name
    .replaceAll('ł', 'l')
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function upper(name: string): string {
  return name.toUpperCase().replaceAll(' ', '_');
}

function title(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
