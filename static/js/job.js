// Follows the work shown by includes/progress.html until it ends, then opens what it made.
// Expects {"state": "queued|running|succeeded|failed", "progress": 0..100, "message", "next"}.
"use strict";

(() => {
  const EVERY = 2000; // ms between two looks while the server answers
  const SLOWEST = 30000; // ms between two looks while it does not
  const GIVE_UP = 20 * 60 * 1000; // ms after which the page stops asking; the work does not stop

  function show(box, name, text) {
    const place = box.querySelector(`[data-job-${name}]`);
    if (place.textContent !== text) place.textContent = text; // a live region repeats every change
  }

  function leave(next) {
    if (next && new URL(next, location.href).origin === location.origin) location.assign(next);
    else location.reload();
  }

  function follow(box) {
    const began = Date.now();
    const bar = box.querySelector("progress");
    let wait = EVERY;

    async function look() {
      if (Date.now() - began > GIVE_UP) {
        show(box, "message", box.dataset.stopped);
        box.querySelector("[data-job-look]").hidden = false;
        return;
      }
      try {
        const answer = await fetch(box.dataset.job, {
          headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store",
        });
        if (answer.redirected || answer.status === 401) return leave(""); // signed out: back by way of sign-in
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        const job = await answer.json();
        wait = EVERY;
        bar.value = job.progress;
        show(box, "percent", `${job.progress} %`);
        if (job.message) show(box, "message", job.message);
        if (job.state === "succeeded") return leave(job.next);
        if (job.state === "failed") return undefined;
      } catch {
        wait = Math.min(wait * 1.5, SLOWEST);
        show(box, "message", box.dataset.lost);
      }
      setTimeout(look, wait);
    }

    box.querySelector("[data-job-look]").hidden = true;
    setTimeout(look, EVERY);
  }

  document.querySelectorAll("[data-job]").forEach(follow);
})();
