import { createHmac } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** Where the program connects. */
export interface DatabaseAddresses {
  /** For migrations: owns the database and its schema; held by row-level security (FORCE) like everyone. */
  readonly ownerUrl: string;
  /** For everything else: owns nothing. */
  readonly appUrl: string;
  /** When given, every connection made with `appUrl` must begin with SET ROLE to this role. */
  readonly appRole?: 'throughline_app';
}

/** The role that owns the database and runs migrations. */
const OWNER_ROLE = 'throughline_owner';
/** The role the program works under. */
const APP_ROLE = 'throughline_app';
const EXTENSIONS = ['pg_trgm', 'fuzzystrmatch', 'btree_gist', 'pgcrypto', 'unaccent'];

/** Only one process at a time makes roles and databases ("tuple concurrently updated" otherwise). */
const PREPARE_LOCK = 'throughline:prepare';

/**
 * Makes the two roles, the database `name` and its extensions where they are missing. The roles' passwords
 * are derived from the superuser's random secret, so that they are as random and are kept in one place.
 */
export async function prepareDatabase(superuserUrl: string, name: string): Promise<DatabaseAddresses> {
  const { owner, app } = logins(superuserUrl);
  await withClient(superuserUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [PREPARE_LOCK]);
    for (const { role, password } of [owner, app]) {
      await createRole(client, role);
      await client.query(
        `alter role ${role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls ` +
          `password ${escapeLiteral(password)}`,
      );
    }
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${escapeIdentifier(name)} owner ${OWNER_ROLE}`);
    await withClient(addressOf(superuserUrl, name), async (database) => {
      await createExtensions(database);
      await database.query(`alter schema public owner to ${OWNER_ROLE}`);
      await database.query('revoke create on schema public from public');
      await database.query(`revoke all on database ${escapeIdentifier(name)} from public`);
      await database.query(`grant connect on database ${escapeIdentifier(name)} to ${APP_ROLE}`);
    });
  });
  return databaseAddresses(superuserUrl, name);
}

/** Where owner and program connect to the prepared database `name`. */
export function databaseAddresses(superuserUrl: string, name: string): DatabaseAddresses {
  const { owner, app } = logins(superuserUrl);
  return { ownerUrl: addressOf(superuserUrl, name, owner), appUrl: addressOf(superuserUrl, name, app) };
}

/**
 * The same on a PostgreSQL of the operator's own: its database is used as it is, the role in `databaseUrl`
 * owns what migrations make, and the program works under `throughline_app` by SET ROLE, or by signing in
 * with `databaseAppUrl`. Refuses, naming it, when a right is missing or the sign-in escapes row security.
 */
export async function prepareOwnDatabase(
  databaseUrl: string,
  databaseAppUrl?: string,
): Promise<DatabaseAddresses> {
  await withClient(databaseUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [PREPARE_LOCK]);
    await createRole(client, APP_ROLE);
    await createExtensions(client);
    const allowed = await client.query<{ member: boolean }>(
      `select pg_has_role(current_user, '${APP_ROLE}', 'SET') as member`,
    );
    if (allowed.rows[0]?.member !== true) await client.query(`grant ${APP_ROLE} to current_user`);
  });
  if (databaseAppUrl === undefined) return { ownerUrl: databaseUrl, appUrl: databaseUrl, appRole: APP_ROLE };
  await withClient(databaseAppUrl, async (client) => {
    const { rows } = await client.query<{ name: string; escapes: boolean; member: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls as escapes,
              pg_has_role(current_user, '${APP_ROLE}', 'USAGE') as member
         from pg_roles where rolname = current_user`,
    );
    const role = rows[0];
    if (role === undefined || role.escapes || !role.member)
      throw new Error(
        `DATABASE_APP_URL signs in as "${role?.name ?? '?'}", which must be ${APP_ROLE} or a member of it, ` +
          'and neither a superuser nor allowed to bypass row-level security.',
      );
  });
  return { ownerUrl: databaseUrl, appUrl: databaseAppUrl };
}

/** The same server and (unless given) the same sign-in, another database. */
export function addressOf(url: string, database: string, login?: Login): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  if (login !== undefined) {
    address.username = login.role;
    address.password = login.password;
  }
  return address.href;
}

/** Connects, works, disconnects. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface Login {
  readonly role: string;
  readonly password: string;
}

function logins(superuserUrl: string): { readonly owner: Login; readonly app: Login } {
  return {
    owner: { role: OWNER_ROLE, password: derivedPassword(superuserUrl, OWNER_ROLE) },
    app: { role: APP_ROLE, password: derivedPassword(superuserUrl, APP_ROLE) },
  };
}

function derivedPassword(superuserUrl: string, role: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(superuserUrl).password))
    .update(`role:${role}`)
    .digest('base64url');
}

async function createRole(client: Client, role: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role]);
  if (found.rowCount === 0) await client.query(`create role ${role} nologin`);
}

async function createExtensions(client: Client): Promise<void> {
  for (const extension of EXTENSIONS) {
    const found = await client.query('select from pg_extension where extname = $1', [extension]);
    if (found.rowCount === 0) await client.query(`create extension ${extension}`);
  }
}
