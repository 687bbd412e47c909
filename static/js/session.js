// Says some minutes before the visit ends, and lets it go on. Other tabs and saved answers make it
// last longer, so the server is asked before anything is said.
"use strict";

(() => {
  const region = document.querySelector("[data-session]");
  const url = region.dataset.session;
  const WARN = 5 * 60; // seconds before the end
  const LOOK = 15 * 1000; // milliseconds between two looks at the clock, which may have slept
  let end = Date.now() + region.dataset.seconds * 1000;
  let shown = "";

  const left = () => (end - Date.now()) / 1000;
  const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.split("=")[1] || "";

  async function ask(method) {
    const answer = await fetch(url, { method, headers: { "X-CSRFToken": cookie("csrftoken") } });
    if (answer.status === 401) end = 0;
    else if (answer.ok) end = Date.now() + (await answer.json()).seconds * 1000;
    show();
  }

  function show() {
    const state = left() <= 0 ? "ended" : left() <= WARN ? "ending" : "";
    if (state === shown) return;
    shown = state;
    region.querySelector(".notice")?.remove();
    if (state) region.append(region.querySelector(`[data-${state}]`).content.cloneNode(true));
  }

  async function look() {
    if (left() > WARN || shown === "ended") return;
    try { await ask("GET"); } catch { show(); } // no connection: what is known here
  }

  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-stay]")) ask("POST").catch(() => {});
  });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
})();
