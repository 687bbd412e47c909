// The check-sheet saves by itself: on change, on blur, on leaving. Each item has one request in
// flight at most; what the server has not confirmed stays in the browser (unsent.js) and is sent
// again. A save from a stale revision shows both answers and lets the person choose.
"use strict";

(() => {
  const form = document.querySelector("[data-sheet]");
  const words = form.dataset;
  const TYPING = 1200; // ms of rest after the last key before a text is sent
  const RETRY = 2000; // ms before the first repeat, doubled up to SLOWEST
  const SLOWEST = 30000;
  const PATIENCE = 60000; // ms until a request without an answer counts as lost
  const OUTLIVES = 16000; // characters; browsers let only small requests outlive their page

  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1] || "";

  const headers = () => ({ "X-CSRFToken": cookie("csrftoken"), "X-Page-Of": document.body.dataset.user });

  class Item {
    constructor(box) {
      this.box = box;
      this.code = box.dataset.item;
      this.revision = Number(box.dataset.revision);
      this.made = box.dataset.made.split(",");
      this.sending = false;
      this.waits = RETRY;
      this.sent = JSON.stringify(this.content());
      box.addEventListener("change", (event) => this.changed(event.target));
      box.addEventListener("input", (event) => { if (event.target.matches("textarea, [type=text]")) this.typing(); });
      box.addEventListener("focusout", () => this.left());
      box.addEventListener("click", (event) => this.clicked(event.target));
      this.restore();
    }

    one(selector) { return this.box.querySelector(selector); }
    all(selector) { return [...this.box.querySelectorAll(selector)]; }

    // ---- what stands on the page ----
    answers() {
      return this.all("[data-answers]").map((set) => set.querySelector(":checked")?.value || "");
    }

    content() {
      return {
        status: this.one("[data-na]").checked ? "not_applicable" : "answered",
        reason: this.one("[data-reason]").value.trim(),
        answers: this.answers(),
        made: this.answers().map((answer, at) => (answer ? this.made[at] || "single" : "")),
        comment: this.one("[data-comment]").value.trim(),
        evidence: this.all("[data-row]").map((row) => ({
          link: row.querySelector("[data-link]").value.trim(),
          page: row.querySelector("[data-page]").value.trim(),
          quote: row.querySelector("[data-quote]").value.trim(),
          file: row.querySelector("[data-file]").value,
        })).filter((row) => row.link || row.page || row.quote || row.file),
      };
    }

    show(content) {
      this.one("[data-na]").checked = content.status === "not_applicable";
      this.one("[data-reason]").value = content.reason;
      this.one("[data-comment]").value = content.comment;
      this.made = [...content.made];
      this.setAnswers(content.answers);
      this.one("[data-evidence]").replaceChildren();
      content.evidence.forEach((row) => this.addEvidence(row));
      this.draw();
    }

    setAnswers(answers) {
      this.all("[data-answers]").forEach((set, at) => {
        set.querySelectorAll("input").forEach((input) => { input.checked = input.value === answers[at]; });
      });
    }

    addEvidence(row = { link: "", page: "", quote: "", file: "" }) {
      const copy = this.one("[data-evidence-row]").content.cloneNode(true);
      Object.entries(row).forEach(([name, value]) => { copy.querySelector(`[data-${name}]`).value = value; });
      if (row.file) this.showFile(copy, row.file, row.link);
      this.one("[data-evidence]").append(copy);
      this.numberEvidence();
    }

    showFile(row, file, name) {
      row.querySelector("[data-file]").value = file;
      const place = row.querySelector("[data-file-name]");
      place.hidden = false;
      Object.assign(place.querySelector("a"), { href: `${words.fileUrl}${file}/`, textContent: name });
    }

    // The file goes first and by itself; the answer that cites it then saves like any other.
    async upload(input) {
      const row = input.closest("[data-row]");
      const body = new FormData();
      body.append("file", input.files[0]);
      this.say("saving", `${words.uploading} …`);
      let answer = { status: 0 };
      let kept = null;
      try {
        answer = await fetch(words.filesUrl, { method: "POST", credentials: "same-origin", headers: headers(), body });
        kept = await answer.json();
      } catch { /* told below as any refusal */ }
      input.value = "";
      if (answer.status === 401) return this.signedOut();
      if (answer.status !== 201) return this.refused(kept);
      const link = row.querySelector("[data-link]");
      link.value ||= kept.name;
      this.showFile(row, kept.id, kept.name);
      this.touch();
      return this.flush();
    }

    numberEvidence() {
      this.all("[data-row] legend").forEach((legend, at) => { legend.textContent = `${words.evidence} ${at + 1}`; });
    }

    // The level is one more than the number of yes from the bottom without a gap. The marks of
    // phases have none: each stands for itself.
    draw() {
      const answers = this.answers();
      const gap = answers.findIndex((answer) => answer !== "yes");
      const level = 1 + (gap < 0 ? answers.length : gap);
      const applies = !this.one("[data-na]").checked;
      const begun = answers.some(Boolean) && applies;
      this.box.dataset.status = applies ? "answered" : "not_applicable";
      if ("marks" in this.box.dataset) {
        this.all("[data-rung]").forEach((rung, at) => {
          rung.classList.toggle("is-current", applies && answers[at] === "yes");
        });
        return;
      }
      this.all("[data-rung]").forEach((rung) => {
        const here = begun && Number(rung.dataset.rung) === level;
        rung.classList.toggle("is-current", here);
        rung.querySelector(".rung-pick input").checked = here;
      });
      this.one("[data-order]").hidden = !(applies && answers.slice(level - 1).includes("yes"));
    }

    // ---- what the person does ----
    changed(target) {
      if (target.matches("[data-upload]")) {
        if (target.files.length) this.upload(target);
        return;
      }
      if (target.matches(".rung-pick input")) this.rung(Number(target.value));
      else if (target.closest("[data-answers]")) {
        this.made[this.all("[data-answers]").indexOf(target.closest("[data-answers]"))] = "single";
        this.one("[data-na]").checked = false;
      }
      this.draw();
      this.touch();
      this.flush();
    }

    // Up to the rung is yes and a blank next one no. What an earlier, higher choice of a rung had
    // set is taken back, and a yes right above the rung becomes no: else the choice would not hold.
    rung(level) {
      const answers = this.answers();
      answers.forEach((answer, at) => {
        const statement = at + 2;
        if (statement <= level) {
          if (answer !== "yes") this.made[at] = "rung";
          answers[at] = "yes";
          return;
        }
        if (this.made[at] === "rung") answers[at] = "";
        if (statement === level + 1 && (answers[at] === "" || answers[at] === "yes")) {
          answers[at] = "no";
          this.made[at] = "rung";
        }
        if (!answers[at]) this.made[at] = "";
      });
      this.one("[data-na]").checked = false;
      this.setAnswers(answers);
    }

    clicked(target) {
      if (target.closest("[data-add]")) {
        this.addEvidence();
        this.all("[data-row]").at(-1).querySelector("input").focus();
      } else if (target.closest("[data-remove]")) {
        target.closest("[data-row]").remove();
        this.numberEvidence();
        this.one("[data-add]").focus();
        this.touch();
        this.flush();
      } else if (target.closest("[data-confirm]")) {
        const last = target.closest("[data-confirm]").dataset.confirm.split(",");
        this.made = last.map((answer) => (answer ? "carried" : ""));
        this.one("[data-na]").checked = false;
        this.setAnswers(last);
        this.draw();
        this.touch();
        this.flush();
      } else if (target.closest("[data-clear]")) {
        this.made = this.made.map(() => "");
        this.setAnswers(this.made);
        this.draw();
        this.touch();
        this.flush();
      }
    }

    typing() {
      this.touch();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), TYPING);
    }

    // What was tried and failed waits: a click on the link to sign in must not replace that link.
    left() {
      if (JSON.stringify(this.content()) !== this.tried) this.flush();
    }

    // ---- saving ----
    get dirty() { return JSON.stringify(this.content()) !== this.sent; }

    touch() {
      if (!this.dirty) return;
      unsent.put(words.sheet, this.code, { revision: this.revision, content: this.content() });
    }

    flush() {
      clearTimeout(this.timer);
      if (this.sending || this.conflict || !this.dirty) return;
      this.send();
    }

    async send() {
      const content = this.content();
      const text = JSON.stringify(content);
      this.sending = true;
      this.tried = text;
      this.say("saving", `${words.saving} …`);
      let answer;
      let body = null;
      try {
        answer = await fetch(this.box.dataset.url, {
          method: "PUT",
          credentials: "same-origin",
          keepalive: text.length < OUTLIVES,
          signal: AbortSignal.timeout(PATIENCE),
          headers: { "Content-Type": "application/json", ...headers() },
          body: JSON.stringify({ revision: this.revision, ...content }),
        });
        body = await answer.json();
      } catch {
        if (!answer || answer.ok) answer = { ok: false, status: 0 };
      }
      this.sending = false;
      if (answer.ok) this.stored(body, text);
      else if (answer.status === 409) this.clash(body);
      else if (answer.status === 401) this.signedOut();
      else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) this.refused(body);
      else this.later();
    }

    stored(saved, text) {
      this.waits = RETRY;
      this.revision = saved.revision;
      this.sent = text;
      if (this.dirty) { // changed while the request was under way
        this.touch();
        this.flush();
        return;
      }
      unsent.drop(words.sheet, this.code);
      this.say("saved", `${words.saved} ${saved.saved_at || ""}`);
      this.count();
    }

    // Complete is what needs no further answer: the level stops at a statement that is not blank;
    // of marks every one is answered.
    count() {
      const { status, reason, answers } = this.content();
      const answered = "marks" in this.box.dataset ? answers.every(Boolean) : answers.find((answer) => answer !== "yes") !== "";
      const complete = status === "not_applicable" ? reason !== "" : answered;
      this.box.toggleAttribute("data-complete", complete);
      const done = form.querySelectorAll("[data-complete]").length;
      form.querySelector("[data-done]").value = done;
      form.querySelector("[data-done-text]").textContent = done;
    }

    later() {
      this.say("unsent", words.unsent);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), this.waits);
      this.waits = Math.min(2 * this.waits, SLOWEST);
    }

    signedOut() {
      this.say("unsent", `${words.signedOut} `);
      const link = document.createElement("a");
      link.href = words.signInUrl;
      link.textContent = words.signIn;
      this.one("[data-save-state]").append(link);
    }

    refused(body) {
      this.say("error", `${words.refused}: ${body?.error || ""}`);
    }

    say(state, text) {
      const place = this.one("[data-save-state]");
      place.dataset.state = state;
      place.textContent = text;
    }

    // What an earlier visit could not send: sent now, unless the server has something newer.
    restore() {
      const copy = unsent.get(words.sheet, this.code);
      if (!copy) return;
      if (JSON.stringify(copy.content) === this.sent) {
        unsent.drop(words.sheet, this.code);
        return;
      }
      const stored = { revision: this.revision, ...JSON.parse(this.sent) };
      this.show(copy.content);
      if (copy.revision === stored.revision) this.flush();
      else this.clash(stored);
    }

    // ---- two people, or two windows ----
    clash(theirs) {
      this.conflict = true;
      this.say("conflict", words.clashed);
      const panel = form.querySelector("[data-clash]").content.cloneNode(true);
      const sides = [this.content(), theirs];
      panel.querySelectorAll("dl").forEach((list, at) => list.append(...this.told(sides[at])));
      panel.querySelector("[data-who]").textContent = [theirs.saved_by || words.somebody, theirs.saved_at].filter(Boolean).join(", ");
      panel.querySelector("[data-mine]").addEventListener("click", () => this.settle(theirs, this.content()));
      panel.querySelector("[data-theirs]").addEventListener("click", () => this.settle(theirs, theirs));
      this.one("[data-conflict]").replaceChildren(panel);
    }

    settle(theirs, chosen) {
      this.one("[data-conflict]").replaceChildren(); // the pressed button goes and loses the focus:
      this.conflict = false; // until here nothing is sent
      this.revision = theirs.revision;
      this.show(theirs);
      this.sent = JSON.stringify(this.content());
      unsent.drop(words.sheet, this.code);
      this.count();
      this.show(chosen);
      this.say("saved", `${words.saved} ${theirs.saved_at || ""}`);
      this.touch();
      this.flush();
      this.one("[data-clear]").focus();
    }

    told(content) {
      const lines = content.answers.map((answer, at) => [this.all("[data-answers]")[at].dataset.called, this.named(answer)]);
      if (content.status === "not_applicable") lines.unshift([words.notApplicable, content.reason]);
      if (content.comment) lines.push([words.comment, content.comment]);
      content.evidence.forEach((row) => lines.push([words.evidence, [row.link, row.page, row.quote].filter(Boolean).join(", ")]));
      return lines.flatMap(([name, value]) => {
        const [term, data] = [document.createElement("dt"), document.createElement("dd")];
        term.textContent = name;
        data.textContent = value;
        return [term, data];
      });
    }

    named(answer) {
      const input = answer && this.one(`[data-answers] input[value=${answer}]`);
      return input ? input.parentElement.textContent.trim() : words.blank;
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  const items = [...form.querySelectorAll("[data-item]")].map((box) => new Item(box));
  const flushAll = () => items.forEach((item) => item.flush());
  addEventListener("online", flushAll);
  addEventListener("pagehide", flushAll);
  document.addEventListener("visibilitychange", flushAll); // leaving, and coming back signed in again
})();
