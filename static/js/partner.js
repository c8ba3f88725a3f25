// Keeps a partner's page to the person in front of it: gone at once when they leave, locked when
// nobody has touched it for a while, and never brought back as it was.
(() => {
  const page = document.documentElement;
  const top = document.querySelector("[data-partner]");
  const leave = document.querySelector("[data-leave]");
  const LONGEST_FLUSH = 1500;
  const LOOK_EVERY = 5000;

  const hide = () => { page.hidden = true; };
  // Whoever holds unsaved answers puts a promise into the list.
  const going = (patient) => {
    const saved = [];
    document.dispatchEvent(new CustomEvent("partner:going", { detail: { saved, patient } }));
    return Promise.allSettled(saved);
  };
  const pause = (time) => new Promise((done) => { setTimeout(done, time); });

  // A page that a browser kept in memory for its Back button would show answers.
  addEventListener("pagehide", hide);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  leave.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hide();
    await Promise.race([going(false), pause(LONGEST_FLUSH)]);
    location.replace(leave.href);
  });

  const idle = Number(top.dataset.idle) * 1000;
  if (!idle) return;
  let touched = Date.now();
  let locked = false;

  const lock = async () => {
    if (locked) return;
    locked = true;
    document.body.classList.add("is-locked");
    await going(true);
    location.replace(top.dataset.locked);
  };
  const look = () => { if (Date.now() - touched >= idle) lock(); };
  const touch = () => {
    look();
    touched = Date.now();
  };

  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, touch, { capture: true, passive: true });
  }
  // A phone that slept wakes up here first.
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_EVERY);
})();
