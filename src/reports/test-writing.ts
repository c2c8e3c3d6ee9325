import assert from 'node:assert/strict';
import type { ReportsArea } from './test-reports.ts';

// For tests only: writing a report as a browser does, page by page.

export const TOKEN = /\/r\/([A-Za-z0-9_-]{43})/;

export /** The paper alone, without the page around it. */
const paperOf = (html: string) =>
  /<div class="tl-paper">[\s\S]*?<p class="tl-paper__ask">/.exec(html)?.[0] ?? '';

/** The steps, in an area that is made before the tests run. */
export function writingOf(area: () => ReportsArea) {
  /** Starts a report to the investigator through its page and answers its address. */
  async function start(personId: string, more: Record<string, string> = {}): Promise<string> {
    const answer = await area().web.post(area().cookie, `/people/${personId}/reports`, {
      template: 'charge-investigator-1',
      recipientName: 'DC Aled Price',
      recipientPhone: '0161 496 0142',
      'needed-day': '24',
      'needed-month': '11',
      'needed-year': '2026',
      'needed-time': '10:15',
      ...more,
    });
    assert.equal(answer.statusCode, 303, answer.body);
    return String(answer.headers.location);
  }

  /** The words in the boxes, as a browser would send them. */
  async function boxes(address: string): Promise<Record<string, string>> {
    const page = await area().web.get(area().cookie, `${address}/write`);
    assert.equal(page.statusCode, 200, page.body);
    const fields: Record<string, string> = {};
    for (const [, name = '', text = ''] of page.body.matchAll(
      /<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g,
    ))
      fields[name] = text.replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    fields['_base'] = /name="_base" value="(\d+)"/.exec(page.body)?.[1] ?? '';
    return fields;
  }

  async function signAndSend(address: string, more: Record<string, string> = {}) {
    return area().web.post(area().cookie, `${address}/sign`, {
      ...(await boxes(address)),
      heard: 'yes',
      _then: 'send',
      ...more,
    });
  }

  async function sentToken(personId: string): Promise<{ address: string; token: string }> {
    const address = await start(personId);
    const made = await signAndSend(address);
    const token = TOKEN.exec(made.body)?.[1];
    assert.ok(token, made.body.slice(0, 4000));
    return { address, token };
  }

  return { start, boxes, signAndSend, sentToken };
}
