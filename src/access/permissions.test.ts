import assert from 'node:assert/strict';
import test from 'node:test';
import { mayDo, permissions, type Permission } from './permissions.ts';
import { roles, type Role, type SignedInViewer } from './viewer.ts';

function viewer(role: Role): SignedInViewer {
  return {
    kind: roles[role].kind,
    areaId: 'a',
    workerId: 'w',
    name: 'Somebody',
    registration: null,
    role,
    workerRoleId: 'r',
    teamId: null,
    teamName: null,
    siteId: null,
    siteName: null,
    serviceId: null,
    sessionId: 's',
  };
}

const aboutPeople: readonly Permission[] = [
  'person.search',
  'person.view',
  'person.edit',
  'consent.record',
  'screening.record',
  'assessment.record',
  'referral.write',
  'suite-board.view',
  'court.view',
];

test('a commissioner, a partner, a justice reader and an administrator never open a person’s record', () => {
  for (const role of ['commissioner', 'partner-worker', 'justice-reader', 'administrator'] as const) {
    for (const permission of aboutPeople)
      assert.equal(mayDo(viewer(role), permission), false, `${role} ${permission}`);
  }
});

test('only the privacy officer reviews who saw what', () => {
  for (const role of Object.keys(roles) as Role[]) {
    assert.equal(mayDo(viewer(role), 'audit.review'), role === 'privacy-officer');
  }
});

test('the holder of a single-purpose link has no permission at all', () => {
  for (const permission of Object.keys(permissions) as Permission[]) {
    assert.equal(
      mayDo(
        {
          kind: 'link',
          areaId: 'a',
          linkId: 'l',
          linkTokenHash: '',
          subjectId: 's',
          personId: 'p',
          recipientName: 'DC Price',
        },
        permission,
      ),
      false,
    );
  }
});

test('partners, justice readers, commissioners, privacy officers and administrators have their own pages and no others', () => {
  const everybody: readonly Permission[] = ['signed-in', 'live'];
  const own: Partial<Record<Role, readonly Permission[]>> = {
    'partner-worker': ['referral.answer'],
    'justice-reader': ['report.read-shared'],
    commissioner: ['insight.view'],
    'privacy-officer': ['sharing.review', 'audit.review', 'break-glass.review', 'data-quality.review'],
    administrator: [
      'directory.manage',
      'administration.sites',
      'administration.workers',
      'administration.sessions',
      'administration.feeds',
    ],
  };
  for (const [role, allowed] of Object.entries(own) as [Role, readonly Permission[]][]) {
    const may = (Object.keys(permissions) as Permission[]).filter((permission) =>
      mayDo(viewer(role), permission),
    );
    assert.deepEqual(may.toSorted(), [...everybody, ...allowed].toSorted(), role);
  }
});

test('nobody who works with people administers the service, and no permission is left without a role', () => {
  for (const [permission, allowed] of Object.entries(permissions) as [Permission, readonly Role[]][]) {
    assert.ok(allowed.length > 0, permission);
    if (permission.startsWith('administration.')) assert.deepEqual(allowed, ['administrator'], permission);
  }
});
