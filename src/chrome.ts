import { mayDo, roles, type Permission, type SignedInViewer } from './access/index.ts';
import type { ChromeLink, PageChrome } from './platform/http/types.ts';

/** The menu: each entry shows only to roles whose permission includes it. */
const menu: readonly { readonly href: string; readonly text: string; readonly permission: Permission }[] = [
  { href: '/services', text: 'Services', permission: 'directory.view' },
  { href: '/access-review', text: 'Access review', permission: 'break-glass.review' },
  { href: '/data-quality', text: 'Data quality', permission: 'data-quality.review' },
  { href: '/outbox', text: 'Outbox', permission: 'data-quality.review' },
  { href: '/administration', text: 'Administration', permission: 'administration.sites' },
];

/** What surrounds a page: who is signed in and where they can go. */
export function chromeFor(viewer: SignedInViewer | null, url: string, demo: boolean): PageChrome {
  const base = { serviceName: 'Throughline', organisation: 'Greater Manchester liaison and diversion', demo };
  if (viewer === null) return { ...base, navigation: [] };
  const path = url.split('?')[0] ?? url;
  const navigation: ChromeLink[] = menu
    .filter((entry) => mayDo(viewer, entry.permission))
    .map(({ href, text }) => ({ href, text, current: path === href || path.startsWith(`${href}/`) }));
  return {
    ...base,
    navigation,
    account: {
      text: [viewer.name, roles[viewer.role].label, viewer.siteName]
        .filter((part) => part !== null)
        .join(', '),
      links: [
        { href: '/lock', text: 'Lock', post: true },
        { href: '/sign-out', text: 'Sign out', post: true },
      ],
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
