// A form that shows what its reader will read: <form data-preview="/url" data-preview-into="id">. The server draws it;
// without script the form's own button does the same.
const WAIT_MS = 400;

function keepPreview(form) {
  const into = document.getElementById(form.dataset.previewInto);
  const state = document.getElementById(`${form.dataset.previewInto}-state`);
  if (into === null) return;
  let timer;
  let asked = 0;
  const say = (words) => {
    if (state !== null && state.textContent !== words) state.textContent = words;
  };

  async function show() {
    asked += 1;
    const mine = asked;
    try {
      const response = await fetch(form.dataset.preview, {
        method: 'POST',
        headers: { 'x-preview': 'part' },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!response.ok) throw new Error(`${response.status}`);
      const html = await response.text();
      // A slower, older answer never replaces a newer one.
      if (mine !== asked) return;
      into.innerHTML = html;
      say('Updates as you type');
    } catch {
      if (mine === asked) say('Not up to date: no connection');
    }
  }

  say('Updates as you type');
  for (const event of ['input', 'change'])
    form.addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(show, WAIT_MS);
    });
}

for (const form of document.querySelectorAll('form[data-preview]')) keepPreview(form);
