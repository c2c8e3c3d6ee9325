// Pages that make no sense to come back to.
const never = /^\/(sign-in|sign-out|signed-out|lock|choose-role|identity|api|assets)([/?]|$)/;

/**
 * Where somebody goes after signing in: the page they asked for when it is one of ours, otherwise null. Anything
 * that a browser could read as another site ("//elsewhere", "/\elsewhere", "https:") is refused, so that a link to
 * our sign-in cannot lead anywhere else (OWASP, Unvalidated Redirects and Forwards).
 */
export function returnAddress(asked: unknown): string | null {
  if (typeof asked !== 'string' || asked.length > 2000) return null;
  // Browsers drop tabs and line ends inside an address and read a backslash as a slash.
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return null;
  const base = 'http://here.invalid';
  const url = URL.parse(asked, base);
  if (url === null || url.origin !== base) return null;
  const address = url.pathname + url.search;
  return address.startsWith('//') || never.test(address) ? null : address;
}
