-- Programs that may call our interfaces, and what signing in through a provider needs to remember.

-- The identity provider says which client is calling; this says for which area, and what it may do there.
create table api_client (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  issuer text not null,
  client_id text not null,
  name text not null,
  scopes text[] not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  unique (issuer, client_id)
);
create index api_client_area on api_client (area_id, name);
comment on index api_client_area is 'Administration: connections of one area.';
grant select, insert, update on api_client to throughline_app;

-- The provider's own name for the session: its back-channel logout names it (OpenID Connect Back-Channel Logout 2.4).
alter table session add column provider_session text;
create index session_provider on session (provider_session) where ended_at is null and provider_session is not null;
comment on index session_provider is 'Back-channel logout: the open sessions that came from one of the provider''s.';

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in
  ('signed-out', 'idle', 'administrator', 'switched', 'expired', 'signed-in-again', 'provider', 'role-ended'));

-- A sign-in must come back to the browser it left from, so that nobody can be signed in as somebody else by a link.
delete from sign_in_attempt;
alter table sign_in_attempt add column browser_hash bytea not null;
create index sign_in_attempt_created_at on sign_in_attempt (created_at);
comment on index sign_in_attempt_created_at is 'Clearing of attempts nobody came back from.';

-- A logout token is used once (OpenID Connect Back-Channel Logout 2.6).
create table used_logout_token (
  jti text primary key,
  used_at timestamptz not null
);
grant select, insert, delete on used_logout_token to throughline_app;
