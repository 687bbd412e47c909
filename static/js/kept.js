// A form with long texts is sent as a whole: what is typed stays in this browser (unsent.js) until the
// server has taken it, so that neither an ended visit nor a lost network loses it.
"use strict";

(() => {
  const KEY = "form";
  const here = location.pathname;
  // What the server takes it answers by leading on; a page of refusal stands where the form was sent.
  const led = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const came = led && document.referrer ? new URL(document.referrer).pathname : "";
  const refused = document.querySelector("main :is(.errorlist, .messages .notice-error, [type=password])");
  const words = document.querySelector("[data-kept]");

  const place = (form) => `${here}#${[...form.elements].find((field) => field.id)?.id}`;

  // A form that led on from its page was taken, unless this one shows an error or asks for a proof.
  for (const at of came ? unsent.parts(KEY) : []) {
    const copy = unsent.get(KEY, at);
    if (!copy.sent || !at.startsWith(`${came}#`)) continue;
    if (refused) unsent.put(KEY, at, { ...copy, sent: false });
    else unsent.drop(KEY, at);
  }

  function again(form, copy, at) {
    unsent.fill(form, copy.text);
    if (form.elements.revision) form.elements.revision.value = copy.revision;
    const notice = words.content.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => {
      unsent.drop(KEY, at);
      location.reload();
    });
    form.prepend(notice);
    const folded = form.closest("details");
    if (folded) folded.open = true;
  }

  for (const form of document.querySelectorAll("main form[method=post]:is([data-keep], :has(textarea[name])):not([data-write])")) {
    const at = place(form);
    const keep = (sent) => unsent.put(KEY, at, { text: unsent.text(form), revision: form.elements.revision?.value, sent });
    const copy = unsent.get(KEY, at);
    if (copy && copy.text !== unsent.text(form)) again(form, copy, at);
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
  }
})();
