// A job that is being printed: asks quietly how far it is, and changes what has changed. Without
// this script the page has a link to refresh it.
(() => {
  const EVERY = 2000;
  // A page that was forgotten must not keep a sign-in alive for a whole day.
  const LONGEST = 20 * 60 * 1000;
  const end = Date.now() + LONGEST;
  const job = () => document.querySelector("[data-job]");
  const same = (one, other) => one.innerHTML === other.innerHTML;

  const take = (fresh) => {
    const shown = job();
    for (const part of ["[data-progress]", ".table", ".actions"]) {
      const [before, after] = [shown.querySelector(part), fresh.querySelector(part)];
      // The region itself stays, so that what changes in it is read aloud.
      if (before && after && !same(before, after)) before.replaceChildren(...after.childNodes);
    }
    shown.dataset.state = fresh.dataset.state;
  };

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.pathname, { redirect: "error" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-job]");
        if (!answer.ok || !fresh) return;
        take(fresh);
      } catch {
        // Without a connection the page stays as it is, and asks again.
      }
    }
    if (job().dataset.state === "at-work" && Date.now() < end) setTimeout(look, EVERY);
  };

  setTimeout(look, EVERY);
})();
