// Keeps the owner's page up to date: follows the stream, asks from time to time where there is none, and says when it is cut off.
"use strict";
(() => {
  const body = document.body, main = document.getElementById("progress"), time = document.getElementById("as_of"), lost = document.getElementById("lost");
  if (body.dataset.live !== "yes") return;
  const QUIET_MS = 40000, ASK_MS = 15000;
  const here = location.pathname, query = location.search;
  let heard = Date.now(), asking = 0, stream = null;
  function show(told) {
    heard = Date.now();
    lost.hidden = true;
    if (told.html !== undefined && main.innerHTML !== told.html) main.innerHTML = told.html;
    time.textContent = told.as_of;
    if (told.over) end();
  }
  function end() {
    if (stream) stream.close();
    clearInterval(asking);
    clearInterval(watch);
  }
  async function ask() {
    try {
      const answer = await fetch(here + "/part" + query, { cache: "no-store" });
      if (answer.ok) show(await answer.json());
      else if (answer.status === 404 || answer.status === 410) location.reload();
    } catch (error) {
      cut();
    }
  }
  function cut() {
    lost.textContent = body.dataset.lost;
    lost.hidden = false;
  }
  function follow() {
    stream = new EventSource(here + "/live" + query);
    stream.onmessage = (event) => { body.dataset.live = "now"; clearInterval(asking); asking = 0; show(JSON.parse(event.data)); };
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED && !asking) asking = setInterval(ask, ASK_MS);
    };
  }
  const watch = setInterval(() => { if (Date.now() - heard > QUIET_MS) { cut(); ask(); } }, 5000);
  window.addEventListener("offline", cut);
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > ASK_MS) ask(); });
  follow();
})();
