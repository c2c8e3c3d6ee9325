-- A fact is told, and typed later: its age counts from when it was said. Null: it was written down as it was said.
alter table need_record
  add column said_at timestamptz check (said_at <= recorded_at);
comment on column need_record.said_at is 'When it was said or seen, when that was before recorded_at. What stands is decided by recorded_at.';
