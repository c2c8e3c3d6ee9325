-- The disclosure matrix says where each rule comes from and how sure that is. These were first written as confirmed by
-- documents that are not public or were not checked word for word: they wait for the information governance lead.

update share_rule set status = 'to-be-confirmed',
  source = 'PACE Code C, revised 2023: risk assessment and care of people in custody'
where basis = 'care-in-custody';
update share_rule set status = 'to-be-confirmed',
  source = 'Common law of confidentiality: another person’s information is theirs to agree to'
where category = 'third-party';
update share_rule set status = 'to-be-confirmed',
  source = 'Liaison and diversion is voluntary: refusing to answer has no consequence'
where category = 'declined-answer';
update share_rule set
  source = 'Greater Manchester and Berkshire liaison and diversion services: meeting us is not part of the police investigation'
where category = 'account-of-offence';
