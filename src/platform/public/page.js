// Every page: the official components, and one press sends a form once.
import { initAll } from './nhsuk-frontend.min.js';

initAll();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method === 'get') return;
  if (form.dataset.sent === 'true') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  // After the browser has read the pressed button's name and value, which a disabled button would lose.
  setTimeout(() => {
    for (const button of form.querySelectorAll('button[type="submit"], button:not([type])'))
      button.setAttribute('aria-disabled', 'true');
  });
});

// Back shows the page again from memory: its form may be sent anew (the key in it makes that harmless).
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled="true"]'))
      button.removeAttribute('aria-disabled');
  }
});

// A link that prints this page; without script it leads to the page itself, which the browser can print.
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || event.target.closest('[data-print]') === null) return;
  event.preventDefault();
  window.print();
});
