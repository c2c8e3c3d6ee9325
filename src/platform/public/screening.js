// What the answers show, kept up to date beside the questions: drafts.js saves, the server scores and answers
// with the panel as it now stands. Without script the panel is as new as the page.
const form = document.querySelector('form[data-shown]');
const shown = form === null ? null : document.getElementById(form.dataset.shown);

form?.addEventListener('draft-saved', (event) => {
  const { panel } = event.detail;
  if (shown === null || typeof panel !== 'string') return;
  // Somebody reads or uses it with the keyboard: it waits for the next save.
  if (shown.contains(document.activeElement)) return;
  shown.innerHTML = panel;
});
