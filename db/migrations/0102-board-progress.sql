-- What the suite board asks of the other modules for everybody on it at once.
create index screening_version_person on screening_version (person_id, saved_at desc);
comment on index screening_version_person is 'Suite board: the newest screening of each person.';
