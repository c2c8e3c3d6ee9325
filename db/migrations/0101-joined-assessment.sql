-- When two records turn out to be one person, both histories stand under it (move_person_rows), so a number is no
-- longer the only one of its kind. Saves take turns by the person's lock; the newest by time stands.
alter table need_record drop constraint need_record_person_id_kind_version_key;
create index need_record_person on need_record (person_id, recorded_at desc);
comment on index need_record_person is 'Needs page, picture of need: the latest answer of each kind.';
drop index safety_plan_version_current;
comment on index safety_plan_version_person is 'Safety plan page, picture of need: the newest version; texts put aside.';
