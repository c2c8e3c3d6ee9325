import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { addressOf, openPostgres, prepareDatabase, startPostgres, withClient } from './index.ts';
import type { RunningPostgres } from './index.ts';

const asRoot = process.getuid?.() === 0;

/** A folder with a space in its name, and a way to start a server in it; both are gone after the test. */
function folder(t: TestContext): {
  readonly dataDir: string;
  readonly start: () => Promise<RunningPostgres>;
} {
  const place = mkdtempSync(join(tmpdir(), 'throughline test '));
  chmodSync(place, 0o755);
  const dataDir = join(place, 'data');
  const started: RunningPostgres[] = [];
  t.after(async () => {
    for (const server of started) await server.stop();
    rmSync(place, { recursive: true, force: true });
  });
  return {
    dataDir,
    start: async () => {
      const server = await startPostgres({ dataDir, log: quiet });
      started.push(server);
      return server;
    },
  };
}

const quiet = (): void => undefined;

async function valueOf(url: string, sql: string): Promise<unknown> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  });
}

/** A program of its own that starts the server in `dataDir`, says so, and waits to be killed. */
async function startElsewhere(dataDir: string): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const module = join(import.meta.dirname, 'index.ts');
  const program = `import { startPostgres } from ${JSON.stringify(module)};
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
    console.log('ready'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

test('a second start finds what the first one wrote, under the same secret and port', async (t) => {
  const { start } = folder(t);
  const first = await start();
  await withClient(first.superuserUrl, (client) => client.query('create table kept as select 42 as value'));
  await first.stop();
  await assert.rejects(valueOf(first.superuserUrl, 'select 1 as value'), /ECONNREFUSED/);

  const second = await start();
  assert.equal(second.adopted, false);
  assert.equal(second.superuserUrl, first.superuserUrl);
  assert.equal(await valueOf(second.superuserUrl, 'select value from kept'), 42);
});

test('the server keeps what it was told: checksums, waits for the disk, this machine only, SCRAM', async (t) => {
  const { dataDir, start } = folder(t);
  const server = await start();
  const settings = await withClient(server.superuserUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
        where name in ('data_checksums', 'fsync', 'synchronous_commit', 'full_page_writes',
                       'listen_addresses', 'unix_socket_directories', 'max_connections')`,
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.setting]));
  });
  assert.deepEqual(settings, {
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    synchronous_commit: 'on',
    unix_socket_directories: '',
  });
  assert.equal(
    await valueOf(
      server.superuserUrl,
      'select datlocprovider::text || datlocale as value from pg_database where datname = current_database()',
    ),
    'bC.UTF-8',
  );
  assert.equal(statSync(join(dataDir, 'superuser.secret')).mode & 0o777, 0o600);
  const wrong = new URL(server.superuserUrl);
  wrong.password = 'postgres';
  await assert.rejects(valueOf(wrong.href, 'select 1 as value'), /password authentication failed/);
});

test('a start after kill -9 adopts the server that was left behind, and stopping then stops it', async (t) => {
  const { dataDir, start } = folder(t);
  const killed = await startElsewhere(dataDir);
  const left = serverPid(dataDir);
  await killed.kill();
  assert.equal(process.kill(left, 0), true, 'the server outlives the killed process');

  const next = await start();
  assert.equal(next.adopted, true);
  assert.equal(serverPid(dataDir), left);
  await next.stop();
  assert.throws(() => serverPid(dataDir), /ENOENT/);
  await assert.rejects(valueOf(next.superuserUrl, 'select 1 as value'), /ECONNREFUSED/);
});

test('a start after kill -9 of everything recovers, and committed rows are there', async (t) => {
  const { dataDir, start } = folder(t);
  const killed = await startElsewhere(dataDir);
  const shared = await start();
  await withClient(shared.superuserUrl, (client) => client.query('create table kept as select 7 as value'));
  process.kill(serverPid(dataDir), 'SIGKILL');
  await killed.kill();
  await shared.stop();

  const next = await start();
  assert.equal(next.adopted, false);
  assert.equal(await valueOf(next.superuserUrl, 'select value from kept'), 7);
});

test('two programs on one folder share one server, and the last to leave stops it', async (t) => {
  const { dataDir, start } = folder(t);
  const [first, second] = await Promise.all([start(), start()]);
  const other = await startElsewhere(dataDir);
  assert.notEqual(first.adopted, second.adopted, 'one started it, the other shares it');
  await first.stop();
  await second.stop();
  assert.equal(await valueOf(first.superuserUrl, 'select 1 as value'), 1, 'the other program still uses it');
  await other.kill();
  const last = await start();
  assert.equal(last.adopted, true);
  await last.stop();
  await assert.rejects(valueOf(first.superuserUrl, 'select 1 as value'), /ECONNREFUSED/);
});

test('a process number in postmaster.pid that now belongs to another program does not stop the start', async (t) => {
  const { dataDir, start } = folder(t);
  const first = await start();
  const record = join(dataDir, 'cluster', 'postmaster.pid');
  const lines = readFileSync(record, 'utf8').split('\n');
  await first.stop();
  const { uid, gid } = statSync(join(dataDir, 'cluster'));
  const stranger = spawn('sleep', ['60'], asRoot ? { uid } : {});
  t.after(() => stranger.kill());
  writeFileSync(record, [String(stranger.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
  chownSync(record, uid, gid);

  const next = await start();
  assert.equal(next.adopted, false);
  assert.equal(stranger.exitCode, null, 'the other program was left alone');
});

test('root hands the server to an ordinary account', { skip: !asRoot && 'needs root' }, async (t) => {
  const { dataDir, start } = folder(t);
  await start();
  const owner = statSync(`/proc/${serverPid(dataDir)}`).uid;
  assert.notEqual(owner, 0);
  assert.equal(statSync(join(dataDir, 'cluster')).uid, owner);
  assert.equal(statSync(join(dataDir, 'superuser.secret')).uid, 0);
});

test(
  'under a home folder closed to others, root keeps the data elsewhere and says where',
  { skip: !asRoot && 'needs root' },
  async (t) => {
    const { dataDir } = folder(t);
    mkdirSync(dataDir, { recursive: true });
    chmodSync(join(dataDir, '..'), 0o700);
    const lines: string[] = [];
    const server = await startPostgres({ dataDir, log: (line) => lines.push(line) });
    const moved = readFileSync(join(dataDir, 'moved-to.txt'), 'utf8').trim();
    t.after(async () => {
      await server.stop();
      rmSync(moved, { recursive: true, force: true });
    });
    assert.match(lines.join('\n'), new RegExp(`data is in ${moved}`));
    assert.equal(
      await valueOf(server.superuserUrl, "select current_setting('data_directory') as value"),
      join(moved, 'cluster'),
    );
  },
);

test('a damaged secret is a clear fault, not a new empty database', async (t) => {
  const { dataDir, start } = folder(t);
  const first = await start();
  await first.stop();
  rmSync(join(dataDir, 'superuser.secret'));
  await assert.rejects(startPostgres({ dataDir, log: quiet }), /its secret .* is missing/);
});

test('a PostgreSQL of your own is used as it is, and the program works there under a role that owns nothing', async (t) => {
  const { dataDir, start } = folder(t);
  const server = await start();
  // The operator's role: no superuser, but allowed to make roles, and owner of its database.
  await withClient(server.superuserUrl, async (client) => {
    await client.query(`create role operator login createrole password 'operator'`);
    await client.query('create database theirs owner operator');
  });
  const databaseUrl = addressOf(server.superuserUrl, 'theirs', { role: 'operator', password: 'operator' });
  const opened = await openPostgres({ databaseUrl, dataDir: join(dataDir, 'unused'), log: quiet });
  assert.equal(opened.appRole, 'throughline_app');
  assert.equal(
    statSync(join(dataDir, 'unused'), { throwIfNoEntry: false }),
    undefined,
    'nothing was started',
  );
  await withClient(opened.appUrl, async (client) => {
    await client.query('set role throughline_app');
    await assert.rejects(client.query('create table mine (id int)'), /permission denied/);
  });
  await opened.stop();

  const escaping = openPostgres({
    databaseUrl,
    databaseAppUrl: addressOf(server.superuserUrl, 'theirs'),
    dataDir,
    log: quiet,
  });
  await assert.rejects(escaping, /DATABASE_APP_URL signs in as "postgres"/);
});

test('preparing a database twice changes nothing', async (t) => {
  const { start } = folder(t);
  const server = await start();
  const first = await prepareDatabase(server.superuserUrl, 'record');
  const [second, third] = await Promise.all([
    prepareDatabase(server.superuserUrl, 'record'),
    prepareDatabase(server.superuserUrl, 'record'),
  ]);
  assert.deepEqual(second, first);
  assert.deepEqual(third, first);
  assert.equal(await valueOf(first.ownerUrl, 'select current_user as value'), 'throughline_owner');
  assert.equal(await valueOf(first.appUrl, 'select current_user as value'), 'throughline_app');
  assert.equal(
    await valueOf(
      first.appUrl,
      `select string_agg(rolname, ' ') as value from pg_roles
        where rolname like 'throughline%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    ),
    null,
  );
  await assert.rejects(
    withClient(first.appUrl, (client) => client.query('create table mine (id int)')),
    /permission denied for schema public/,
  );
});
