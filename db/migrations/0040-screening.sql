-- Screenings: published instruments asked of a person. What was answered is never changed in place: every save
-- is a version, so that what the worker saw at 09:14 can be read years later.

-- That a screening was begun, with which instrument. The address and version never change afterwards.
create table screening (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  episode_id uuid references episode (id),
  instrument_name text not null,
  instrument_url text not null,
  instrument_version text not null,
  started_at timestamptz not null,
  started_by uuid references worker (id)
);
create index screening_person on screening (person_id, started_at desc);
comment on index screening_person is 'Screening page of one person; earlier answers offered; picture of need.';
select guard_staff_table('screening', true);

-- One save. answers: { linkId: { kind, value, by, at, note, other } }, four ways each (product.md, promise 6).
create table screening_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  screening_id uuid not null references screening (id),
  version int not null check (version > 0),
  status text not null check (status in ('part-done', 'finished')),
  answers jsonb not null,
  -- The score under the primary scoring, and everything it was banded as, with sources.
  scoring text not null,
  score int,
  score_max int not null,
  bands jsonb not null,
  answered int not null,
  needed int not null,
  -- Whether a safety item asks for a conversation whatever the total, or was left without an answer.
  safety text not null check (safety in ('none', 'open', 'not-answered')),
  setting text not null check (setting in ('not-recorded', 'cell', 'custody-room', 'court', 'phone', 'video', 'community')),
  conditions text[] not null default '{}'
    check (conditions <@ array['intoxicated', 'withdrawing', 'distressed', 'tired', 'in-pain', 'interpreter', 'appropriate-adult', 'read-aloud']),
  -- Why a finished screening was changed; null for the first time through.
  reason text,
  asked_by uuid references worker (id),
  asked_by_name text not null,
  saved_at timestamptz not null,
  -- The page that sent this save and what it sent: what the same page sends next is compared with it.
  page uuid,
  posted jsonb,
  unique (screening_id, version),
  -- Incomplete is never zero, and gives no part-sum.
  check (score is null or answered = needed)
);
comment on constraint screening_version_screening_id_version_key on screening_version is 'Latest version of each screening on every page; one save wins each number.';
create index screening_version_page on screening_version (screening_id, page, version desc) where page is not null;
comment on index screening_version_page is 'Saving as typed: what this open page sent last.';
select guard_staff_table('screening_version', true);

-- What a worker decided about what the answers showed: that the safety conversation was had, that a suggested need
-- is one or is not.
create table screening_decision (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  screening_id uuid not null references screening (id),
  about text not null check (about in ('safety-conversation', 'suggested-need')),
  need_kind text,
  decision text not null check (decision in ('had', 'not-possible', 'added', 'not-a-need')),
  why text,
  decided_by uuid references worker (id),
  decided_by_name text not null,
  decided_at timestamptz not null,
  check ((about = 'suggested-need') = (need_kind is not null)),
  check ((about = 'suggested-need') = (decision in ('added', 'not-a-need'))),
  check (decision in ('had', 'added') or why is not null)
);
create index screening_decision_screening on screening_decision (screening_id, decided_at);
comment on index screening_decision_screening is 'Result page of one screening; open safety conversations.';
select guard_staff_table('screening_decision', true);
