import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { emulated } from './src/support/notes.ts';

/**
 * Compares Electron's own declarations with this package's classes and writes what comes of it: `src/support/support-table.ts`,
 * from which the runtime makes every missing member name itself, SUPPORT.md and what the README says of it. `--check` only
 * compares.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The classes and modules that are answered for; the rest is missing as a whole. */
const answered = [
  'App',
  'BaseWindow',
  'BrowserView',
  'BrowserWindow',
  'Clipboard',
  'ClipboardItem',
  'CommandLine',
  'ContextBridge',
  'Cookies',
  'Debugger',
  'Dialog',
  'DownloadItem',
  'IpcMain',
  'IpcRenderer',
  'Menu',
  'MenuItem',
  'MessageChannelMain',
  'MessagePortMain',
  'NativeImage',
  'NativeTheme',
  'NavigationHistory',
  'Net',
  'Notification',
  'PowerMonitor',
  'Protocol',
  'SafeStorage',
  'Screen',
  'Session',
  'Shell',
  'View',
  'WebContents',
  'WebContentsView',
  'WebFrameMain',
  'WebRequest',
];

/** Static members live on the module's object. */
const modules: Readonly<Record<string, string>> = {
  webContents: 'WebContents',
  session: 'Session',
  nativeImage: 'NativeImage',
  webFrameMain: 'WebFrameMain',
};

const listening = new Set([
  'on',
  'off',
  'once',
  'addListener',
  'removeListener',
  'removeAllListeners',
  'emit',
]);

interface Members {
  readonly methods: Set<string>;
  readonly properties: Set<string>;
  readonly statics: Set<string>;
  readonly events: Set<string>;
  base?: string;
}

const noMembers = (): Members => ({
  methods: new Set(),
  properties: new Set(),
  statics: new Set(),
  events: new Set(),
});

function read(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function nameOf(node: ts.NamedDeclaration): string | undefined {
  return node.name && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

function addMembers(found: Members, declaration: ts.ClassDeclaration | ts.InterfaceDeclaration): void {
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    ?.types[0]?.expression;
  if (base && ts.isIdentifier(base)) found.base = base.text;
  for (const member of declaration.members) {
    const name = nameOf(member);
    if (
      name === undefined ||
      (listening.has(name) && !ts.isMethodSignature(member) && !ts.isMethodDeclaration(member))
    )
      continue;
    if (has(member, ts.SyntaxKind.PrivateKeyword) || has(member, ts.SyntaxKind.ProtectedKeyword)) continue;
    if (listening.has(name)) {
      const event =
        ts.isMethodSignature(member) || ts.isMethodDeclaration(member)
          ? member.parameters[0]?.type
          : undefined;
      if (event && ts.isLiteralTypeNode(event) && ts.isStringLiteral(event.literal))
        found.events.add(event.literal.text);
    } else if (has(member, ts.SyntaxKind.StaticKeyword)) found.statics.add(name);
    else if (ts.isMethodSignature(member) || ts.isMethodDeclaration(member)) found.methods.add(name);
    else found.properties.add(name);
  }
}

/** Electron's side. */
const declared: Record<string, Members> = {};
const exported = new Set<string>();
const electron = read(createRequire(import.meta.url).resolve('electron/electron.d.ts'));
const visit = (node: ts.Node): void => {
  if (
    (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) &&
    answered.includes(nameOf(node) ?? '') &&
    !isInside(node, 'Main', 'Common', 'Renderer', 'Utility', 'CrossProcessExports')
  ) {
    addMembers((declared[nameOf(node) ?? ''] ??= noMembers()), node);
  }
  if (isInside(node, 'Main', 'Common')) {
    if (ts.isClassDeclaration(node) || ts.isVariableDeclaration(node)) exported.add(nameOf(node) ?? '');
  }
  ts.forEachChild(node, visit);
};
function isInside(node: ts.Node, ...names: string[]): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (at === node) continue;
    if (ts.isModuleDeclaration(at) && names.includes(at.name.text)) return true;
  }
  return false;
}
visit(electron);

/** An object, or the one that an emitter is given its members from. */
function membersOf(value: ts.Expression | undefined): ts.Expression | undefined {
  if (!value || !ts.isCallExpression(value)) return value;
  return value.expression.getText() === 'Object.assign' ? value.arguments[1] : undefined;
}

/** This package's side: classes by their names, modules by their object. */
const offered: Record<string, Members> = {};
const emitted = new Set<string>();
for (const file of readdirSync(here('src'), { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith('support')) continue;
  const walk = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) && answered.includes(nameOf(node) ?? ''))
      addMembers((offered[nameOf(node) ?? ''] ??= noMembers()), node);
    const name = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? nameOf(node) : undefined;
    const value = membersOf(
      ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.initializer : undefined,
    );
    if (name !== undefined && value && ts.isObjectLiteralExpression(value)) {
      const statics = modules[name];
      const instance = answered.find(
        (candidate) => candidate.toLowerCase() === name.toLowerCase() && statics === undefined,
      );
      const keys = value.properties.map(nameOf).filter((key) => key !== undefined);
      if (statics !== undefined) for (const key of keys) (offered[statics] ??= noMembers()).statics.add(key);
      if (instance !== undefined)
        for (const key of keys) (offered[instance] ??= noMembers()).methods.add(key);
    }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) emitted.add(node.text);
    ts.forEachChild(node, walk);
  };
  walk(read(join(here('src'), file)));
}

const everyMember = (all: Record<string, Members>, name: string): Set<string> => {
  const own = all[name];
  if (!own) return new Set();
  const inherited = own.base === undefined ? [] : everyMember(all, own.base);
  return new Set([...own.methods, ...own.properties, ...inherited]);
};

const table = Object.fromEntries(
  answered.map((name) => {
    const wanted = declared[name] ?? noMembers();
    const ours = everyMember(offered, name);
    const statics = offered[name]?.statics ?? new Set<string>();
    const split = (names: Set<string>, there: (name: string) => boolean) => ({
      yes: [...names].filter(there).sort(),
      no: [...names].filter((member) => !there(member)).sort(),
    });
    const methods = split(wanted.methods, (member) => ours.has(member));
    const properties = split(wanted.properties, (member) => ours.has(member));
    const own = split(wanted.statics, (member) => statics.has(member));
    const events = split(wanted.events, (event) => emitted.has(event));
    return [
      name,
      {
        supported: [...own.yes, ...methods.yes, ...properties.yes],
        missingMethods: methods.no,
        missingProperties: properties.no,
        missingStatics: own.no,
        told: events.yes,
        neverTold: events.no,
      },
    ];
  }),
);

const known = new Set(
  Object.entries(table).flatMap(([name, { supported, told }]) =>
    [...supported, ...told].map((member) => `${name}.${member}`),
  ),
);
for (const member of Object.keys(emulated)) {
  if (!known.has(member))
    throw new Error(`src/support/notes.ts speaks of ${member}, which is not in the table.`);
}

const source = `// Written by support.ts from Electron's declarations and this package's classes.

export interface Support {
  /** Methods, properties and static members that are there. */
  readonly supported: readonly string[];
  readonly missingMethods: readonly string[];
  readonly missingProperties: readonly string[];
  readonly missingStatics: readonly string[];
  /** Events. */
  readonly told: readonly string[];
  readonly neverTold: readonly string[];
}

/** What \`import { … } from 'electron'\` may name in the main process. */
export const electronExports: readonly string[] = ${JSON.stringify([...exported].filter((name) => name !== '').sort())};

export const supportTable: Readonly<Record<string, Support>> = ${JSON.stringify(table)};
`;

const heading = 'electron-on-chromium: what is there';

/** One section for each class: what works as Electron's does, what works differently and how, and what throws. */
function section([name, support]: [string, (typeof table)[string]]): string {
  const noteOf = (member: string) => emulated[`${name}.${member}`];
  const names = (members: readonly string[]) => members.map((member) => `\`${member}\``).join(', ');
  // A method and an event may share a name.
  const there = [...new Set([...support.supported, ...support.told])];
  const differing = there.filter((member) => noteOf(member) !== undefined);
  const plain = (members: readonly string[]) =>
    names(members.filter((member) => noteOf(member) === undefined));
  const lines = [
    ['Supported', plain(support.supported)],
    ['Supported events', plain(support.told)],
    [
      'Unsupported, throws when it is used',
      names([...support.missingMethods, ...support.missingProperties, ...support.missingStatics]),
    ],
    ['Events that never come', names(support.neverTold)],
  ].filter(([, members]) => members !== '');
  const emulatedLines = differing.map((member) => `- \`${member}\`: ${noteOf(member) ?? ''}`);
  return [
    `## ${name}`,
    ...lines.map(([title = '', members = '']) => `**${title}**: ${members}`),
    ...(emulatedLines.length === 0 ? [] : ['**Emulated**, works differently:', emulatedLines.join('\n')]),
  ].join('\n\n');
}

const counted = Object.values(table).reduce(
  (sum, { supported, told, missingMethods, missingProperties, missingStatics, neverTold }) => ({
    there: sum.there + supported.length + told.length,
    missing:
      sum.missing +
      missingMethods.length +
      missingProperties.length +
      missingStatics.length +
      neverTold.length,
  }),
  { there: 0, missing: 0 },
);

const page = `# ${heading}

Written by \`npm run support\` from Electron's own declarations, this package's classes and \`src/support/notes.ts\`; a test compares
them. A member that is not there throws an error that names it. Modules that are not listed are missing as a whole.

${Object.entries(table).map(section).join('\n\n')}
`;

const readmePart = `<!-- support table: written by support.ts -->

Of the members and events of ${Object.keys(table).length} of Electron's classes and modules, ${counted.there} are there, ${Object.keys(emulated).length} of them with a
difference, and ${counted.missing} are not: [SUPPORT.md](SUPPORT.md) lists them, class by class.

<!-- end of the support table -->`;

const readmePath = here('README.md');
const readme = readFileSync(readmePath, 'utf8');
const outputs = [
  { path: here('src/support/support-table.ts'), text: source },
  { path: here('SUPPORT.md'), text: page },
  {
    path: readmePath,
    text: readme.replace(/<!-- support table[\s\S]*end of the support table -->/, () => readmePart),
  },
];
for (const { path, text } of outputs) {
  const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) writeFileSync(path, formatted);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== formatted) {
    console.error(`${path} is out of date: run \`npm run support -w electron-on-chromium\`.`);
    process.exitCode = 1;
  }
}
