// A part of a draft saves by itself, and what the checks say of it appears beside each field. One
// request is in flight at most; what the server has not confirmed stays in the browser (unsent.js).
// Where somebody else wrote meanwhile the page is sent as a form, which shows both texts.
"use strict";

(() => {
  const form = document.querySelector("[data-write]");
  const words = form.dataset;
  const state = form.querySelector("[data-save-state]");
  const TYPING = 900; // ms of rest after the last key before the text is sent
  const RETRY = 4000;

  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1] || "";
  const said = () => unsent.text(form);

  let sent = said();
  let sending = false;
  let timer = 0;
  let stopped = "conflict" in words;

  function say(kind, text) {
    state.dataset.state = kind;
    state.textContent = text;
  }

  function show(findings) {
    for (const list of form.querySelectorAll("[data-findings]")) {
      const known = findings.filter((one) => one.field === list.dataset.findings);
      list.replaceChildren(...known.map((one) => {
        const row = document.createElement("li");
        const mark = document.createElement("strong");
        row.dataset.severity = one.severity;
        mark.textContent = one.severity === "error" ? words.mend : words.check;
        row.append(mark, ` ${one.message}`);
        return row;
      }));
      const field = form.elements[list.dataset.findings];
      if (field?.setAttribute) field.setAttribute("aria-invalid", String(known.some((one) => one.severity === "error")));
    }
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    const now = said();
    if (sending || stopped || now === sent) return;
    sending = true;
    say("saving", `${words.saving} …`);
    let answer = null;
    let told = null;
    try {
      answer = await fetch(form.action, {
        method: "POST", credentials: "same-origin", keepalive: now.length < 16000, body: new FormData(form),
        headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken"), "X-Page-Of": document.body.dataset.user },
      });
      told = await answer.json();
    } catch { /* no network, or the sign-in page: told below */ }
    sending = false;
    if (answer?.status === 409) {
      stopped = true;
      unsent.drop(words.key, words.part);
      form.submit();
    } else if (!told || answer.redirected || ![200, 400].includes(answer.status)) {
      say("unsent", told?.error || words.unsent);
      later(RETRY);
    } else {
      show(told.findings);
      if (answer.status === 200) {
        sent = now;
        form.elements.revision.value = told.revision;
        unsent.drop(words.key, words.part);
        say("saved", told.saved);
        if (told.redraw) location.reload();
        if (said() !== sent) later(TYPING);
      } else {
        say("error", told.error);
      }
    }
  }

  // What an earlier visit could not send is put back; the server's revision still guards it.
  function restore() {
    const copy = unsent.get(words.key, words.part);
    if (!copy || stopped) return;
    unsent.fill(form, copy.text);
    form.elements.revision.value = copy.revision;
    later(0);
  }

  form.addEventListener("input", () => {
    unsent.put(words.key, words.part, { text: said(), revision: form.elements.revision.value });
    later(TYPING);
  });
  form.addEventListener("change", () => later(0));
  form.addEventListener("submit", () => { stopped = true; unsent.drop(words.key, words.part); });
  form.querySelector("[data-take]")?.addEventListener("click", () => unsent.drop(words.key, words.part));
  addEventListener("pagehide", save);
  restore();
})();
