// A form that is on its way is not sent again: who clicks twice makes one of it.
"use strict";

(() => {
  const AWAY = 5000; // ms; an answer that is a file leaves the form where it is
  let sent = new WeakSet();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), AWAY);
  });

  // Back: the page is there as it was left.
  addEventListener("pageshow", () => { sent = new WeakSet(); });
})();
