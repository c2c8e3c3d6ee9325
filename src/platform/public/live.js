// A page that keeps itself up to date. The server only says "look again"; the page then fetches its own
// address and Turbo changes what is different in place. Without a stream it looks every 30 seconds.
import * as Turbo from './turbo.js';
import { initAll } from './nhsuk-frontend.min.js';

// Links and forms stay the browser's own: Turbo is here for changing a page in place, and nothing else.
Turbo.session.drive = false;

const POLL_MS = 30_000;
const status = () => document.getElementById('tl-live-status');
let source;
let poll;
let lastChange;
let waiting = false;

function say(shape, tone, words) {
  const element = status();
  if (element === null) return;
  element.className = `tl-status tl-status--${tone}`;
  const use = element.querySelector('use');
  if (use !== null && use.getAttribute('href') !== `#i-${shape}`) use.setAttribute('href', `#i-${shape}`);
  const text = element.querySelector('span');
  if (text.textContent !== words) text.textContent = words;
}

function sayLive() {
  const at = lastChange ?? status()?.dataset.made;
  say('live', 'done', `Live. Last change ${at}`);
}

// Somebody is typing, choosing, or has a menu or a dialogue open: the page must not change under their hands.
// A form of buttons only (take this, accept this) has nothing in it to lose, and must not hold up a whole board.
const FILLED_IN = 'main form[method="post"] :is(textarea, select, input:not([type="hidden"]))';
function isBusy() {
  if (document.querySelector(`${FILLED_IN}, [data-live-off], dialog[open]`) !== null) return true;
  const active = document.activeElement;
  return (
    active !== null && active.matches('input, textarea, select, [contenteditable]') && active.value !== ''
  );
}

function sayWaiting() {
  waiting = true;
  say('due', 'soon', `Changed at ${lastChange}. This page has a form, so it waits: reload to see it`);
}

function refresh() {
  if (isBusy()) return sayWaiting();
  waiting = false;
  Turbo.session.refresh(location.href);
  return sayLive();
}

function stopPolling() {
  clearInterval(poll);
  poll = undefined;
}

function clockNow() {
  return new Date().toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/London',
  });
}

function startPolling() {
  if (poll !== undefined) return;
  say('off', 'soon', `Not live since ${clockNow()}. Checking every 30 seconds`);
  poll = setInterval(() => {
    if (isBusy()) return;
    Turbo.session.refresh(location.href);
    if (source === undefined || source.readyState === EventSource.CLOSED) connect();
  }, POLL_MS);
}

function connect() {
  const topics = (document.body.dataset.liveTopics ?? '').split(' ').filter((topic) => topic !== '');
  if (topics.length === 0) return;
  source?.close();
  source = new EventSource(`/live?${topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&')}`);
  source.addEventListener('open', () => {
    const missed = poll !== undefined;
    stopPolling();
    if (missed) refresh();
    else if (!waiting) sayLive();
  });
  source.addEventListener('message', (event) => {
    lastChange = /data-at="([0-9:]+)"/.exec(event.data)?.[1] ?? clockNow();
    stopPolling();
    refresh();
  });
  source.addEventListener('lost', startPolling);
  source.addEventListener('error', startPolling);
}

// A page nobody looks at gives its connection back: a browser has six for all its tabs.
let hiddenSince;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    hiddenSince = Date.now();
    source?.close();
    source = undefined;
    stopPolling();
  } else if (hiddenSince !== undefined) {
    hiddenSince = undefined;
    refresh();
    connect();
  }
});
window.addEventListener('pagehide', () => source?.close());

// What scripts have added to the page is not in the server's page, and stays.
document.addEventListener('turbo:before-morph-attribute', (event) => {
  const name = event.detail.attributeName;
  if (event.target === document.body && name === 'class') event.preventDefault();
  if (/^data-nhsuk-.*-init$/.test(name) || name === 'nonce') event.preventDefault();
});
document.addEventListener('turbo:morph', () => initAll());
// Nobody did this: the session layer must not take it for a sign that somebody is still there.
document.addEventListener('turbo:before-fetch-request', (event) => {
  event.detail.fetchOptions.headers['x-live-refresh'] = '1';
});

// A session that ended, or a record that may no longer be seen: load the page openly, so that what was on it
// goes away. A server that fails leaves the page as it is, and says so.
document.addEventListener('turbo:before-fetch-response', (event) => {
  const response = event.detail.fetchResponse;
  if (!response.redirected && response.succeeded) return;
  event.preventDefault();
  if (response.serverError) startPolling();
  else location.reload();
});

connect();
