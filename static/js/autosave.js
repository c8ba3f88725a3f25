// Saves a partner's answers field by field, tries again until it succeeds, and says so in words.
// Nothing is kept in the browser's own storage: what is not on the server is in the fields.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-save-status]");
  const said = form.querySelector("[data-save-said]");

  const PAUSE = 700;
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 30000;
  const LONGEST_ANSWER = 15000;
  const waiting = new Map(); // item -> its turn: what the server does not have yet
  const refused = new Set(); // items whose answer the server did not take
  const saved = []; // whoever waits until nothing waits any more
  let turn = 0;
  let timer = 0;
  let wait = FIRST_WAIT;
  let sending = false;
  let leaving = false;

  const say = (text, state) => {
    // Only trouble and its end are read out; a voice at every pause would drown the questions.
    if (state === "waiting" || status.dataset.state === "waiting") said.textContent = text;
    status.textContent = text;
    status.dataset.state = state;
  };

  const cardOf = (item) => form.querySelector(`[data-item="${CSS.escape(item)}"]`);

  const mark = (item, problem) => {
    const card = cardOf(item);
    card.querySelector("[data-save-problem]")?.remove();
    refused.delete(item);
    if (!problem) return;
    refused.add(item);
    const line = document.createElement("p");
    line.className = "field__error";
    line.dataset.saveProblem = "";
    line.textContent = problem;
    card.append(line);
  };

  const bodyOf = (item) => {
    const operation = form.elements.operation.value;
    const body = new URLSearchParams({ item, operation, turn: waiting.get(item) });
    for (const [name, value] of new FormData(form)) {
      if (name === item) body.append("value", value);
      if (name === `${item}--own`) body.append("own", value);
      if (name === `${item}--declined`) body.append("declined", value);
    }
    return body;
  };

  const post = (item) => fetch(form.dataset.autosave, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value },
    body: bodyOf(item),
    redirect: "manual",
    keepalive: leaving,
    signal: AbortSignal.timeout(LONGEST_ANSWER),
  });

  const later = (time) => {
    clearTimeout(timer);
    timer = setTimeout(send, time);
  };

  const again = (text) => {
    say(text, "waiting");
    later(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  const rest = (text) => {
    if (refused.size > 0) say(form.dataset.textRefused, "waiting");
    else say(text, "saved");
    for (const done of saved.splice(0)) done();
  };

  // What the page's own button sends is compared with what the server has.
  const remember = (item, was) => { form.elements[`${item}--was`].value = was; };

  async function send() {
    if (sending || waiting.size === 0) return;
    const [item, sent] = waiting.entries().next().value;
    sending = true;
    try {
      const answer = await post(item);
      if (answer.type === "opaqueredirect") return again(form.dataset.textLocked);
      if (!answer.ok && answer.status !== 422) return again(form.dataset.textAgain);
      const told = await answer.json();
      wait = FIRST_WAIT;
      mark(item, told.problem);
      if (waiting.get(item) === sent) {
        waiting.delete(item);
        if (told.was) remember(item, told.was);
      }
      if (waiting.size > 0) later(0);
      else rest(told.saved);
    } catch {
      again(form.dataset.textAgain);
    } finally {
      sending = false;
    }
  }

  const note = (event) => {
    const item = (event.target.name || "").replace(/--(declined|own)$/, "");
    if (!item || !form.elements[`${item}--was`]) return;
    turn += 1;
    waiting.set(item, String(turn));
    remember(item, "");
    if (status.dataset.state !== "waiting") say(form.dataset.textSaving, "saving");
    later(event.type === "change" ? 0 : PAUSE);
  };

  const untilSaved = () => new Promise((done) => {
    if (waiting.size === 0) return done();
    saved.push(done);
    wait = FIRST_WAIT;
    later(0);
  });

  const submit = async (event) => {
    turn += 1;
    form.elements.turn.value = String(turn);
    if (waiting.size === 0) {
      leaving = true;
      return;
    }
    // Without a connection the browser would show its own page, and what was typed would be gone.
    event.preventDefault();
    await untilSaved();
    form.requestSubmit(event.submitter);
  };

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", submit);
  addEventListener("online", () => {
    wait = FIRST_WAIT;
    later(0);
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && waiting.size + refused.size > 0) event.preventDefault();
  });
  document.addEventListener("partner:going", (event) => {
    leaving = !event.detail.patient;
    event.detail.saved.push(untilSaved().then(() => { leaving = true; }));
  });
})();
