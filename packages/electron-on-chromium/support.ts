import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { emulated } from './src/support/notes.ts';

/**
 * Compares Electron's own declarations with this package's classes and writes what comes of it: `src/support/support-table.ts`,
 * from which the runtime makes every missing member name itself, and the table in the README. `--check` only compares.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The classes and modules of the main process that are answered for; the rest is missing as a whole. */
const answered = [
  'App',
  'BaseWindow',
  'BrowserWindow',
  'Clipboard',
  'CommandLine',
  'Cookies',
  'Debugger',
  'Dialog',
  'DownloadItem',
  'IpcMain',
  'Menu',
  'MenuItem',
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

/** This package's side: classes by their names, modules by their object. */
const offered: Record<string, Members> = {};
const emitted = new Set<string>();
for (const file of readdirSync(here('src'), { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith('support')) continue;
  const walk = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) && answered.includes(nameOf(node) ?? ''))
      addMembers((offered[nameOf(node) ?? ''] ??= noMembers()), node);
    const name = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? nameOf(node) : undefined;
    const value =
      ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.initializer : undefined;
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

function list(name: string, members: readonly string[]): string {
  return (
    members
      .map((member) => (emulated[`${name}.${member}`] === undefined ? `\`${member}\`` : `*\`${member}\`*`))
      .join(' ') || '–'
  );
}

const rows = Object.entries(table).map(
  ([name, { supported, missingMethods, missingProperties, missingStatics, told, neverTold }]) =>
    `| \`${name}\` | ${list(name, supported)} | ${list(name, [...missingMethods, ...missingProperties, ...missingStatics])} | ${list(name, told)} | ${list(name, neverTold)} |`,
);
const notes = Object.entries(emulated).map(([member, note]) => `- \`${member}\`: ${note}`);
const readmeTable = `<!-- support table: written by support.ts -->

| | there | throws an error that names it | events | events that never come |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

In italics is what works differently:

${notes.join('\n')}

<!-- end of the support table -->`;

const readmePath = here('README.md');
const readme = readFileSync(readmePath, 'utf8');
const outputs = [
  { path: here('src/support/support-table.ts'), text: source },
  {
    path: readmePath,
    text: readme.replace(/<!-- support table[\s\S]*end of the support table -->/, () => readmeTable),
  },
];
for (const { path, text } of outputs) {
  const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) writeFileSync(path, formatted);
  else if (readFileSync(path, 'utf8') !== formatted) {
    console.error(`${path} is out of date: run \`npm run support -w electron-on-chromium\`.`);
    process.exitCode = 1;
  }
}
