// Keeps what stands in a clinician's long form at each pause, so that a closed tab, a crash or the
// end of a sign-in loses no words. Nothing is kept in the browser's own storage.
(() => {
  const PAUSE = 700;
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 30000;
  const LONGEST_ANSWER = 15000;

  const watch = (mark) => {
    const form = mark.form;
    const action = new URL(form.getAttribute("action") || location.href, location.href);
    const address = `${mark.dataset.draft}?path=${encodeURIComponent(action.pathname + action.search)}`;
    const status = document.createElement("p");
    const said = document.createElement("p");
    const waiting = []; // whoever goes on when the words are kept, or cannot be
    let timer = 0;
    let wait = FIRST_WAIT;
    let unkept = "unsaved" in mark.dataset;
    let sending = false;
    let leaving = false;

    status.className = "save-status";
    status.hidden = true;
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    form.append(status, said);

    const say = (text, state) => {
      // Only trouble and its end are read out; a voice at every pause would drown the thought.
      if (state === "waiting" || status.dataset.state === "waiting") said.textContent = text;
      status.textContent = text;
      status.dataset.state = state;
      status.hidden = false;
    };

    const later = (time) => {
      clearTimeout(timer);
      timer = setTimeout(send, time);
    };

    const again = () => {
      unkept = true;
      say(mark.dataset.textAgain, "waiting");
      later(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };

    const goOn = () => { for (const done of waiting.splice(0)) done(); };

    const post = () => {
      const body = new URLSearchParams(new FormData(form));
      body.delete("csrf_token");
      return fetch(address, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value },
        body,
        redirect: "manual",
        keepalive: leaving,
        signal: AbortSignal.timeout(LONGEST_ANSWER),
      });
    };

    // What no second try would change: the form itself may still be sent, and says more.
    const refuse = (text) => {
      say(text, "waiting");
      goOn();
    };

    async function send() {
      if (sending || !unkept) return;
      sending = true;
      unkept = false;
      try {
        const answer = await post();
        if (answer.type === "opaqueredirect") return refuse(mark.dataset.textLocked);
        if (answer.status === 413) return refuse(mark.dataset.textLong);
        if (answer.status >= 500 || answer.status === 429) return again();
        if (!answer.ok) return refuse(mark.dataset.textLocked);
        const told = await answer.json();
        wait = FIRST_WAIT;
        say(told.kept, "saved");
        if (!unkept) goOn();
      } catch {
        again();
      } finally {
        sending = false;
        if (unkept && status.dataset.state !== "waiting") later(waiting.length ? 0 : PAUSE);
      }
    }

    const kept = () => new Promise((done) => {
      if (!unkept && !sending) return done();
      waiting.push(done);
      wait = FIRST_WAIT;
      later(0);
    });

    const note = () => {
      unkept = true;
      later(status.dataset.state === "waiting" ? wait : PAUSE);
    };

    form.addEventListener("input", note);
    form.addEventListener("change", note);
    form.addEventListener("submit", async (event) => {
      clearTimeout(timer);
      if (!unkept && !sending) return;
      // Kept first: without a connection the browser would show its own page instead of the form.
      event.preventDefault();
      await kept();
      unkept = false;
      form.requestSubmit(event.submitter);
    });

    const flush = () => {
      if (!unkept || sending) return;
      leaving = true;
      send();
      leaving = false;
    };
    document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
    addEventListener("pagehide", flush);
    document.addEventListener("draft:going", (event) => event.detail.kept.push(kept()));
    addEventListener("online", () => { if (unkept) later(0); });
    if (unkept) later(0);
  };

  for (const mark of document.querySelectorAll("input[data-draft]")) watch(mark);
})();
