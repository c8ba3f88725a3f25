// Joint-session mode in every tab of this browser: a page that was left open hides itself when the
// room begins to look, keeps its words first, and never comes back out of the browser's memory.
(() => {
  const page = document.documentElement;
  const { room, roomState } = document.body.dataset;
  const LONGEST_FLUSH = 1500;
  const tabs = new BroadcastChannel("undercurrent-room");
  let gone = false;

  const pause = (time) => new Promise((done) => { setTimeout(done, time); });
  const hide = () => { page.hidden = true; };

  // Whoever holds unsaved words puts a promise into the list.
  const kept = () => {
    const detail = { kept: [] };
    document.dispatchEvent(new CustomEvent("draft:going", { detail }));
    return Promise.race([Promise.allSettled(detail.kept), pause(LONGEST_FLUSH)]);
  };

  const leave = async () => {
    if (gone) return;
    gone = true;
    hide();
    await kept();
    location.replace(location.pathname + location.search);
  };

  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(roomState, { redirect: "manual" });
      if (answer.ok && (await answer.json()).room !== room) leave();
    } catch {
      // Without a connection nothing new is shown either.
    }
  };

  addEventListener("pagehide", hide);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  if (room) {
    tabs.postMessage(room);
    return;
  }
  tabs.addEventListener("message", leave);
  document.addEventListener("visibilitychange", look);

  const start = document.querySelector("form[data-room-start]");
  start?.addEventListener("submit", async (event) => {
    if (gone) return;
    event.preventDefault();
    gone = true;
    await kept();
    start.submit();
  });
})();
