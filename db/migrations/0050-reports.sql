-- Reports to those who decide about a person: what is being written, what was signed, how it went, what was decided.

create table report (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  episode_id uuid references episode (id),
  template text not null,
  recipient_kind text not null check (recipient_kind in ('custody-officer', 'investigator', 'prosecutor', 'court')),
  purpose text not null check (purpose in ('care-in-custody', 'charge-decision', 'out-of-court-disposal', 'bail', 'case-management', 'sentence', 'court-information')),
  recipient_name text not null,
  recipient_email text,
  recipient_phone text,
  -- A reader with an account sees it under "Reports shared with me".
  reader_id uuid references worker (id),
  hearing_id uuid,
  needed_by timestamptz,
  decision_at timestamptz,
  -- What the record offered when the report was started: the text a second writer's is compared with.
  start_content jsonb not null,
  created_by uuid not null references worker (id),
  created_by_name text not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  closed_why text
);
create index report_person on report (person_id, created_at desc);
comment on index report_person is 'Reports tab and picture of need of one person.';
create index report_hearing on report (hearing_id) where hearing_id is not null;
comment on index report_hearing is 'Court day: which reports are ready for these hearings.';
select guard_staff_table('report');

-- A signed version is what was read, word for word. Never changed; a newer one replaces it.
create table report_version (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  report_id uuid not null references report (id),
  number int not null check (number > 0),
  content jsonb not null,
  document jsonb not null,
  document_hash bytea not null,
  items jsonb not null,
  held_back int not null check (held_back >= 0),
  person_heard text not null check (person_heard in ('yes', 'not-yet')),
  signed_by uuid not null references worker (id),
  signed_by_name text not null,
  signed_at timestamptz not null,
  unique (report_id, number)
);
comment on constraint report_version_report_id_number_key on report_version is 'Versions of one report; two people signing at once make two numbers.';
select guard_staff_table('report_version', true);
select allow_also('report_version', 'link_reads', 'select', $c$ id = (select app_link_subject()) $c$);

-- The older version and the newer one. Its own table, so that whoever holds a link to the older one can be told.
create table report_replacement (
  version_id uuid primary key references report_version (id),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  by_number int not null,
  replaced_at timestamptz not null
);
select guard_staff_table('report_replacement', true);
select allow_also('report_replacement', 'link_reads', 'select', $c$ version_id = (select app_link_subject()) $c$);

-- Each time a version was made available to somebody. Whether it arrived is in the receipts of its disclosure.
create table report_sending (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  report_id uuid not null references report (id),
  version_id uuid not null references report_version (id),
  disclosure_id uuid not null,
  channel text not null check (channel in ('link', 'on-screen', 'print')),
  recipient_name text not null,
  link_id uuid references single_purpose_link (id),
  message_id uuid references outbound_message (id),
  reader_id uuid references worker (id),
  sent_at timestamptz not null,
  sent_by uuid not null references worker (id),
  sent_by_name text not null,
  check ((channel = 'link') = (link_id is not null)),
  check ((channel = 'on-screen') = (reader_id is not null))
);
create index report_sending_report on report_sending (report_id, sent_at desc);
comment on index report_sending_report is 'One report: how it went, and what became of it.';
create index report_sending_reader on report_sending (reader_id, sent_at desc) where reader_id is not null;
comment on index report_sending_reader is 'Reports shared with me.';
create index report_sending_version on report_sending (version_id);
comment on index report_sending_version is 'The sending behind an opened link.';
select guard_staff_table('report_sending', true);
select allow_also('report_sending', 'link_reads', 'select', $c$ version_id = (select app_link_subject()) $c$);
select allow_also('report_sending', 'reader_reads', 'select', $c$ reader_id = (select app_worker()) and (select app_viewer_kind()) = 'justice' $c$);
-- Worked out once for a statement, not once for a row.
select allow_also('report_version', 'reader_reads', 'select',
  $c$ (select app_viewer_kind()) = 'justice' and id = any (array(select s.version_id from report_sending s where s.reader_id = (select app_worker()))) $c$);
select allow_also('report_replacement', 'reader_reads', 'select',
  $c$ (select app_viewer_kind()) = 'justice' and version_id = any (array(select s.version_id from report_sending s where s.reader_id = (select app_worker()))) $c$);

-- What was decided, asked back from whoever decided. A later answer stands in place of an earlier one.
create table report_decision (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  version_id uuid not null references report_version (id),
  decision text not null,
  informed text not null check (informed in ('yes', 'partly', 'no', 'unknown')),
  decided_at timestamptz not null,
  told_by text not null,
  told_through text not null check (told_through in ('link', 'on-screen', 'told-us')),
  recorded_by uuid references worker (id),
  recorded_at timestamptz not null
);
create index report_decision_version on report_decision (version_id, recorded_at desc);
comment on index report_decision_version is 'Reports tab: what was decided, and whether the report was there before.';
select guard_staff_table('report_decision', true);
select allow_also('report_decision', 'link_reads', 'select', $c$ version_id = (select app_link_subject()) $c$);
select allow_also('report_decision', 'link_writes', 'insert', $c$ version_id = (select app_link_subject()) and told_through = 'link' $c$);
select allow_also('report_decision', 'reader_reads', 'select',
  $c$ (select app_viewer_kind()) = 'justice' and version_id = any (array(select s.version_id from report_sending s where s.reader_id = (select app_worker()))) $c$);
select allow_also('report_decision', 'reader_writes', 'insert',
  $c$ (select app_viewer_kind()) = 'justice' and told_through = 'on-screen' and recorded_by = (select app_worker())
    and version_id = any (array(select s.version_id from report_sending s where s.reader_id = (select app_worker()))) $c$);
