// Answers the server does not have yet, kept in this browser by user, sheet and item. Ministries
// share computers: a copy is only ever seen by the user it belongs to, and signing out erases it.
"use strict";

const unsent = (() => {
  const user = document.body.dataset.user;
  const prefix = `stages/${user}/`;
  const key = (sheet, item) => `${prefix}${sheet}/${item}`;

  // Private windows and full disks refuse to store; the page then saves to the server only.
  function attempt(work) {
    try { return work(); } catch { return null; }
  }

  return {
    get: (sheet, item) => attempt(() => JSON.parse(localStorage.getItem(key(sheet, item)))),
    put: (sheet, item, copy) => attempt(() => localStorage.setItem(key(sheet, item), JSON.stringify(copy))),
    drop: (sheet, item) => attempt(() => localStorage.removeItem(key(sheet, item))),
    keys: () => attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(prefix))) || [],
  };
})();

document.querySelectorAll("form[data-sign-out]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const keys = unsent.keys();
    if (keys.length && !window.confirm(form.dataset.signOut)) {
      event.preventDefault();
      return;
    }
    keys.forEach((name) => localStorage.removeItem(name));
  });
});
