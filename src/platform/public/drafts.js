// Saves a form as it is typed: <form data-draft="/drafts/FORM/SUBJECT" data-draft-version="0">.
// Nothing is written into the browser's own storage: kiosks are shared.
const SAVE_AFTER_MS = 700;
const status = document.getElementById('tl-draft-status');

function say(shape, tone, words) {
  if (status === null) return;
  status.className = `tl-status tl-status--${tone}`;
  status.querySelector('use').setAttribute('href', `#i-${shape}`);
  const text = status.querySelector('span');
  if (text.textContent !== words) text.textContent = words;
  status.closest('.tl-bar')?.classList.toggle('tl-bar--off', tone === 'soon');
}

function contentOf(form) {
  const content = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith('_') || typeof value !== 'string') continue;
    const before = content[name];
    if (before === undefined) content[name] = value;
    else content[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return content;
}

function keepDraft(form) {
  let version = Number(form.dataset.draftVersion ?? 0);
  let savedText = JSON.stringify(contentOf(form));
  let timer;
  let sending = false;
  let failures = 0;
  // `stopped`: saving makes no sense any more. `leaving`: the form itself is on its way.
  let stopped = false;
  let leaving = false;
  const unsent = () => !leaving && JSON.stringify(contentOf(form)) !== savedText;

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function again() {
    failures += 1;
    say('off', 'soon', 'No connection. What you type is kept here and sent when it is back');
    later(Math.min(1000 * 2 ** Math.min(failures, 5), 30_000));
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped || !unsent()) return;
    sending = true;
    const content = contentOf(form);
    const text = JSON.stringify(content);
    try {
      const response = await fetch(form.dataset.draft, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-csrf-token': form.elements.namedItem('_csrf').value,
        },
        body: JSON.stringify({ version, content }),
        keepalive: text.length < 60_000,
      });
      answer(response, await response.json(), text);
    } catch {
      again();
    } finally {
      sending = false;
      if (failures === 0 && !stopped && unsent()) later(SAVE_AFTER_MS);
    }
  }

  function answer(response, body, text) {
    if (response.ok) {
      failures = 0;
      version = body.version;
      savedText = text;
      say('done', 'done', `Saved ${body.savedAt}`);
      // A page that shows what the answers come to is told what the server made of them.
      form.dispatchEvent(new CustomEvent('draft-saved', { detail: body }));
    } else if (response.status === 409) {
      stopped = true;
      say('part', 'soon', 'You typed in this form in another window too. Both texts are kept');
      offerBoth();
    } else if (response.status === 401 || response.status === 403) {
      stopped = true;
      say(
        'off',
        'soon',
        'You are signed out. Sign in in another window before you leave this page: your text is still here',
      );
    } else again();
  }

  // The page that shows both texts is given this window's text: it is posted there, not left behind.
  function offerBoth() {
    if (form.dataset.conflict === undefined || status === null) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tl-link-button';
    button.textContent = 'Read both';
    button.addEventListener('click', () => {
      leaving = true;
      form.action = form.dataset.conflict;
      form.submit();
    });
    status.after(button);
  }

  form.addEventListener('input', () => later(failures > 0 ? 5000 : SAVE_AFTER_MS));
  form.addEventListener('change', () => later(failures > 0 ? 5000 : SAVE_AFTER_MS));
  form.addEventListener('submit', () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void send();
  });
  window.addEventListener('online', () => void send());
  window.addEventListener('offline', () => !stopped && unsent() && again());
  window.addEventListener('pageshow', () => (leaving = false));
  window.addEventListener('beforeunload', (event) => unsent() && event.preventDefault());
}

for (const form of document.querySelectorAll('form[data-draft]')) keepDraft(form);
