// What stands around every page: the menu of the role, and who is signed in.
import type { FastifyRequest } from 'fastify';
import { accountLinks, mayDo, roles, type Permission } from './access/index.ts';
import type { ChromeLink, PageChrome } from './platform/http/types.ts';

/** The menu: each entry shows only to roles whose permission includes it. */
const menu: readonly { readonly href: string; readonly text: string; readonly permission: Permission }[] = [
  { href: '/suites', text: 'Suite board', permission: 'suite-board.view' },
  { href: '/people', text: 'People', permission: 'person.search' },
  { href: '/courts', text: 'Court day', permission: 'court.view' },
  { href: '/today', text: 'Today', permission: 'today.view' },
  { href: '/referrals', text: 'Referrals', permission: 'referral.view' },
  { href: '/handovers', text: 'Handovers', permission: 'handover.view' },
  { href: '/services', text: 'Services', permission: 'directory.view' },
  { href: '/team', text: 'Team', permission: 'team.view' },
  { href: '/referrals-to-us', text: 'Referrals to us', permission: 'referral.answer' },
  { href: '/reports-shared-with-me', text: 'Reports shared with me', permission: 'report.read-shared' },
  { href: '/insight', text: 'Insight', permission: 'insight.view' },
  { href: '/access-review', text: 'Access review', permission: 'break-glass.review' },
  { href: '/sharing-review', text: 'Sharing review', permission: 'sharing.review' },
  { href: '/data-quality', text: 'Data quality', permission: 'data-quality.review' },
  { href: '/outbox', text: 'Outbox', permission: 'data-quality.review' },
  { href: '/administration', text: 'Administration', permission: 'administration.sites' },
];

/** What surrounds a page: who is signed in and where they can go. */
export function chromeFor(request: FastifyRequest, demo: boolean): PageChrome {
  const { viewer, url } = request;
  const base = { serviceName: 'Throughline', organisation: 'Greater Manchester liaison and diversion', demo };
  if (viewer === null) return { ...base, navigation: [] };
  const path = url.split('?')[0] ?? url;
  const first = roles[viewer.role].startsOn;
  const navigation: ChromeLink[] = menu
    .filter((entry) => mayDo(viewer, entry.permission))
    // The page the role starts on is first.
    .toSorted((a, b) => Number(b.href === first) - Number(a.href === first))
    .map(({ href, text }) => ({ href, text, current: path === href || path.startsWith(`${href}/`) }));
  return {
    ...base,
    navigation,
    account: {
      text: [viewer.name, roles[viewer.role].label, viewer.siteName]
        .filter((part) => part !== null)
        .join(', '),
      links: accountLinks(request),
    },
    ...(mayDo(viewer, 'person.search')
      ? {
          search: {
            action: '/people',
            label: 'Find a person by name, alias, date of birth or number',
            placeholder: 'Find a person',
          },
        }
      : {}),
  };
}
