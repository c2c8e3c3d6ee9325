-- May this go to them: the rules as data, what went, who has it, and what went without consent.

-- The disclosure matrix. A purpose of null means any purpose; the rule for the purpose itself comes first. What no rule
-- names does not leave. Rules are the same in every area and say nothing about a person.
create table share_rule (
  id uuid primary key default uuidv7(),
  recipient_kind text not null check (recipient_kind in ('custody-officer', 'investigator', 'prosecutor', 'court', 'probation',
    'youth-justice', 'defence', 'prison', 'gp', 'service', 'family')),
  purpose text check (purpose in ('care-in-custody', 'charge-decision', 'out-of-court-disposal', 'bail', 'case-management',
    'sentence', 'court-information', 'pre-sentence-report', 'referral', 'continuing-care')),
  category text not null check (category in ('identity', 'recommendation', 'need', 'taking-part', 'arranged', 'sources', 'risk',
    'care-instruction', 'medication', 'safety-plan', 'score', 'clinical-note', 'account-of-offence', 'third-party',
    'partner-record', 'declined-answer', 'contact-details')),
  basis text not null check (basis in ('consent', 'care-in-custody', 'never')),
  needs_extent text check (needs_extent in ('all-relevant', 'recommendation-and-needs', 'recommendation-only')),
  -- What another service told us goes on only with the person's permission for exactly that.
  own_permission boolean not null default false,
  -- Set when only a part may go: which part.
  part text,
  reason text not null,
  source text not null,
  effective_from date not null,
  effective_to date,
  status text not null check (status in ('confirmed', 'to-be-confirmed')),
  check ((basis = 'consent') = (needs_extent is not null)),
  check (effective_to is null or effective_to > effective_from),
  unique nulls not distinct (recipient_kind, purpose, category, effective_from)
);
grant select on share_rule to throughline_app;

-- One row for each time something was made available to somebody outside.
create table disclosure (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  episode_id uuid references episode (id),
  recipient_kind text not null,
  service_id uuid,
  recipient_name text,
  -- The consent it depends on, so that a withdrawal finds it.
  consent_key text not null,
  purpose text not null,
  what text not null,
  subject_id uuid not null,
  channel text not null check (channel in ('on-screen', 'link', 'print', 'message')),
  disclosed_at timestamptz not null,
  disclosed_by uuid references worker (id),
  disclosed_by_name text not null
);
create index disclosure_person on disclosure (person_id, disclosed_at desc);
comment on index disclosure_person is 'What has been shared; what a withdrawal stops.';
create index disclosure_subject on disclosure (subject_id);
comment on index disclosure_subject is 'Receipts of one report or referral, also by its link.';
create index disclosure_service on disclosure (service_id) where service_id is not null;
comment on index disclosure_service is 'A partner service says that it has what was sent to it.';
select guard_staff_table('disclosure', true);
select allow_also('disclosure', 'link_reads', 'select', $c$ subject_id = (select app_link_subject()) $c$);
select allow_also('disclosure', 'service_reads', 'select', $c$ service_id = (select app_service()) $c$);

create table disclosure_item (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  disclosure_id uuid not null references disclosure (id),
  item_key text not null,
  category text not null,
  need_kind text,
  label text not null,
  source text,
  answer text not null check (answer in ('may', 'in-part')),
  basis text not null check (basis in ('consent', 'care-in-custody', 'legal-reason')),
  reason text not null,
  rule_id uuid references share_rule (id),
  legal_reason_id uuid,
  check ((basis = 'legal-reason') = (legal_reason_id is not null))
);
create index disclosure_item_disclosure on disclosure_item (disclosure_id);
comment on index disclosure_item_disclosure is 'What has been shared: the items of each disclosure.';
select guard_staff_table('disclosure_item', true);

-- What became of it. Nothing counts as sent before the other side has it.
create table disclosure_receipt (
  id uuid primary key default uuidv7(),
  area_id uuid not null,
  person_id uuid not null references person (id),
  disclosure_id uuid not null references disclosure (id),
  subject_id uuid not null,
  service_id uuid,
  kind text not null check (kind in ('delivered', 'received', 'read', 'stopped')),
  at timestamptz not null,
  by_name text not null,
  note text,
  unique (disclosure_id, kind)
);
select guard_staff_table('disclosure_receipt', true);
select allow_also('disclosure_receipt', 'link_reads', 'select', $c$ subject_id = (select app_link_subject()) $c$);
select allow_also('disclosure_receipt', 'link_writes', 'insert', $c$ subject_id = (select app_link_subject()) and kind <> 'stopped' $c$);
select allow_also('disclosure_receipt', 'service_reads', 'select', $c$ service_id = (select app_service()) $c$);
select allow_also('disclosure_receipt', 'service_writes', 'insert', $c$ service_id = (select app_service()) and kind <> 'stopped' $c$);

-- Sharing without consent, thought through and written down before anything goes (domain.md 6.2).
create table legal_reason (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  recipient_kind text not null,
  service_id uuid,
  recipient_name text,
  reason text not null check (reason in ('serious-harm', 'safeguarding-child', 'safeguarding-adult', 'court-order', 'statutory-duty', 'best-interests')),
  what_happened text not null,
  who_is_at_risk text not null,
  consent_sought text not null check (consent_sought in ('asked-and-refused', 'not-asked', 'not-able-to-decide')),
  why_not_asked text,
  least_that_would_do text not null,
  categories text[] not null check (cardinality(categories) > 0),
  law text,
  advised_by text not null,
  person_told text not null check (person_told in ('yes', 'not-yet', 'no')),
  why_not_told text,
  decided_at timestamptz not null,
  ends_at timestamptz not null,
  decided_by uuid not null references worker (id),
  check (consent_sought <> 'not-asked' or why_not_asked is not null),
  check (person_told = 'yes' or why_not_told is not null),
  check (reason not in ('court-order', 'statutory-duty') or law is not null),
  check (ends_at > decided_at)
);
create index legal_reason_person on legal_reason (person_id, decided_at desc);
comment on index legal_reason_person is 'Every decision about what may leave; what has been shared.';
create index legal_reason_area on legal_reason (area_id, decided_at desc);
comment on index legal_reason_area is 'Sharing review: newest first.';
select guard_staff_table('legal_reason', true);
alter table disclosure_item add foreign key (legal_reason_id) references legal_reason (id);

create table legal_reason_review (
  id uuid primary key default uuidv7(),
  area_id uuid not null references area (id),
  person_id uuid not null references person (id),
  legal_reason_id uuid not null references legal_reason (id),
  outcome text not null check (outcome in ('agreed', 'more-information', 'not-agreed')),
  note text,
  reviewed_at timestamptz not null,
  reviewed_by uuid not null references worker (id)
);
create index legal_reason_review_reason on legal_reason_review (legal_reason_id, reviewed_at desc);
comment on index legal_reason_review_reason is 'Sharing review: what came of each.';
select guard_staff_table('legal_reason_review', true);

-- The matrix ------------------------------------------------------------------------------------------------------------
-- Rows of recipient, category, the extent of agreement it needs, the part that may go. Read off the service
-- specification; what is a reading rather than the text itself is to be confirmed by the information governance lead.

insert into share_rule (recipient_kind, purpose, category, basis, part, reason, source, effective_from, status)
select 'custody-officer', 'care-in-custody', category, 'care-in-custody', part, 'Needed to keep the person safe in custody',
  'PACE Code C 2023, 3.6 to 3.10 and 9.15; College of Policing, Detention and custody', '2023-12-20', 'confirmed'
from (values ('identity', null), ('risk', null), ('care-instruction', null), ('taking-part', null),
  ('medication', 'When medicine is due and what to watch for, not what it treats')) as rule (category, part);

insert into share_rule (recipient_kind, category, basis, needs_extent, own_permission, part, reason, source, effective_from, status)
select recipient, category, 'consent', needs, category = 'partner-record', part, 'Shared when the person agrees',
  'NHS England, liaison and diversion standard service specification 2019; reading of its recipients', '2019-04-01', 'to-be-confirmed'
from (values
  ('identity', 'recommendation-only', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']),
  ('recommendation', 'recommendation-only', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']),
  ('contact-details', 'recommendation-only', null, array['service']),
  ('need', 'recommendation-and-needs', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service']),
  ('taking-part', 'recommendation-and-needs', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']),
  ('arranged', 'recommendation-and-needs', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']),
  ('sources', 'recommendation-and-needs', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service']),
  ('medication', 'recommendation-and-needs', null, array['gp', 'prison']),
  ('need', 'all-relevant', null, array['family']),
  ('risk', 'all-relevant', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']),
  ('care-instruction', 'all-relevant', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service']),
  ('medication', 'all-relevant', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'service', 'family']),
  ('safety-plan', 'all-relevant', null,
    array['custody-officer', 'probation', 'youth-justice', 'prison', 'gp', 'service', 'family']),
  ('contact-details', 'all-relevant', null, array['probation', 'youth-justice', 'defence', 'prison', 'gp']),
  ('score', 'all-relevant', null, array['prison', 'gp', 'service']),
  ('clinical-note', 'all-relevant', 'A summary of findings and treatment, not the note itself', array['prison', 'gp']),
  ('partner-record', 'all-relevant', null,
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service'])
) as rule (category, needs, part, recipients), unnest(rule.recipients) as recipient;

insert into share_rule (recipient_kind, category, basis, reason, source, effective_from, status)
select recipient, category, 'never', reason, source, '2019-04-01', 'confirmed'
from (values
  ('account-of-offence', 'About the alleged offence. Stays with the clinician.',
    'NHS England, liaison and diversion standard service specification 2019: not part of the police investigation'),
  ('third-party', 'About another person, who has not been asked.',
    'GMC, Confidentiality 2017, disclosing information about others'),
  ('declined-answer', 'An answer that was not given is not sent.',
    'Liaison and diversion is voluntary: refusing has no consequence (service specification 2019)')
) as rule (category, reason, source),
unnest(array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'prison', 'gp', 'service', 'family']) as recipient;

insert into share_rule (recipient_kind, category, basis, reason, source, effective_from, status)
select recipient, category, 'never', reason, source, '2019-04-01', 'to-be-confirmed'
from (values
  ('clinical-note', 'Clinical content. The recommendation carries the meaning.',
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'service', 'family'],
    'Greater Manchester out-of-court pathway: screening is confidential, only the recommendations go to the police'),
  ('score', 'Clinical content. The recommendation carries the meaning.',
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'probation', 'youth-justice', 'defence', 'family'],
    'Greater Manchester out-of-court pathway: screening is confidential, only the recommendations go to the police'),
  ('safety-plan', 'The person’s own plan. Not needed for this decision.',
    array['investigator', 'prosecutor', 'court', 'defence'], 'Caldicott principle 2, 2020: only what is necessary'),
  ('contact-details', 'They have their own. Not needed for this decision.',
    array['custody-officer', 'investigator', 'prosecutor', 'court', 'family'], 'Caldicott principle 2, 2020: only what is necessary'),
  ('care-instruction', 'For custody staff and health staff.', array['family'], 'Caldicott principle 4, 2020: need to know'),
  ('sources', 'Not needed.', array['family'], 'Caldicott principle 2, 2020: only what is necessary'),
  ('partner-record', 'Another service’s record.', array['family'], 'Caldicott principle 4, 2020: need to know')
) as rule (category, reason, recipients, source), unnest(rule.recipients) as recipient;
