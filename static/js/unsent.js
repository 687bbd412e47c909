// What the server does not have yet, kept in this browser by user and place. Ministries share
// computers: a copy is only ever seen by the user it belongs to, and signing out erases it.
"use strict";

const unsent = (() => {
  const user = document.body.dataset.user;
  const prefix = `stages/${user}/`;
  const key = (sheet, item) => `${prefix}${sheet}/${item}`;

  // Private windows and full disks refuse to store; the page then saves to the server only.
  function attempt(work) {
    try { return work(); } catch { return null; }
  }

  function typed(form, name) {
    const type = name && form.querySelector(`[name="${name}"]`)?.type;
    return Boolean(type) && !["hidden", "file", "password", "submit"].includes(type);
  }

  return {
    get: (sheet, item) => attempt(() => JSON.parse(localStorage.getItem(key(sheet, item)))),
    put: (sheet, item, copy) => attempt(() => localStorage.setItem(key(sheet, item), JSON.stringify(copy))),
    drop: (sheet, item) => attempt(() => localStorage.removeItem(key(sheet, item))),
    // What somebody has filled into a form, as text, and back again.
    text: (form) => new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string" && typed(form, name))).toString(),
    fill(form, text) {
      const kept = new URLSearchParams(text);
      for (const field of form.elements) {
        if (field.disabled || !typed(form, field.name)) continue;
        if (["checkbox", "radio"].includes(field.type)) field.checked = kept.getAll(field.name).includes(field.value);
        else if (field.type === "select-multiple") for (const one of field.options) one.selected = kept.getAll(field.name).includes(one.value);
        else if (kept.has(field.name)) field.value = kept.get(field.name);
      }
    },
    parts: (sheet) => unsent.keys().filter((name) => name.startsWith(key(sheet, ""))).map((name) => name.slice(key(sheet, "").length)),
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
