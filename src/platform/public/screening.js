// What the answers show, kept up to date beside the questions: drafts.js saves, the server scores and answers
// with the panel as it now stands. Without script the panel is as new as the page.
const form = document.querySelector('form[data-shown]');
const shown = form === null ? null : document.getElementById(form.dataset.shown);

// On a narrow screen the panel is below the questions: what cannot wait is said at the top as well.
function saySafety(now) {
  const place = document.getElementById('safety-now');
  if (place === null || (place.firstElementChild !== null) === now) return;
  place.replaceChildren();
  if (!now) return;
  const link = document.createElement('a');
  link.href = '#shown-safety';
  link.className = 'tl-status--now tl-strong';
  link.textContent = 'Talk about safety now';
  place.append(link);
}

form?.addEventListener('draft-saved', (event) => {
  const { panel, safetyNow } = event.detail;
  saySafety(safetyNow === true);
  if (shown === null || typeof panel !== 'string') return;
  // Somebody reads or uses it with the keyboard: it waits for the next save.
  if (shown.contains(document.activeElement)) return;
  shown.innerHTML = panel;
});
