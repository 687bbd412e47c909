// The settlement of one item: choosing a level fills the statements; keys for a workshop's pace.
// Without this file the form works all the same, statement by statement.
"use strict";

(function () {
  const form = document.querySelector("[data-settle]");
  const rungs = [...form.querySelectorAll("[data-rung]")];
  const marks = "marks" in form.dataset; // of phases: no ladder, each stands for itself

  function choose(level) {
    for (const rung of rungs) {
      const at = Number(rung.dataset.rung);
      if (at === 1) continue;
      const wanted = at <= level ? "yes" : at === level + 1 ? "no" : null;
      const chosen = rung.querySelector("[data-answers] input:checked");
      if (wanted === "yes" || (wanted === "no" && (!chosen || chosen.value === "yes"))) {
        rung.querySelector(`[data-answers] input[value="${wanted}"]`).checked = true;
      } else if (wanted === null && chosen && chosen.value === "yes") {
        chosen.checked = false;
      }
    }
    show();
  }

  function show() {
    if (marks) {
      for (const rung of rungs) {
        const chosen = rung.querySelector("[data-answers] input:checked");
        rung.classList.toggle("is-current", chosen?.value === "yes");
      }
      return;
    }
    let level = 1;
    for (const rung of rungs.slice(1)) {
      const chosen = rung.querySelector("[data-answers] input:checked");
      if (!chosen || chosen.value !== "yes") break;
      level = Number(rung.dataset.rung);
    }
    for (const rung of rungs) {
      const current = Number(rung.dataset.rung) === level;
      rung.classList.toggle("is-current", current);
      rung.querySelector(".rung-pick input").checked = current;
    }
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "rung") choose(Number(event.target.value));
    else if (event.target.closest("[data-answers]")) show();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-default]"));
    }
    const inLadder = event.target.closest(".rungs");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (inLadder && plain && !marks && rungs.some((rung) => rung.dataset.rung === event.key)) {
      event.preventDefault();
      choose(Number(event.key));
      rungs[Number(event.key) - 1].querySelector(".rung-pick input").focus();
    }
  });

  const current = form.querySelector(".rung.is-current .rung-pick input");
  if (current && !document.querySelector("[role=alert]")) current.focus({ preventScroll: true });
})();
