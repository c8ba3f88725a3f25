// Saves a partner's answers field by field, tries again until it succeeds, and says so in words.
// Nothing is kept in the browser's own storage: what is not on the server is in the fields.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.querySelector("[data-save-status]");
  if (!form || !status) return;

  const PAUSE = 700;
  const LONGEST_WAIT = 30000;
  const waiting = new Map(); // item -> { operation, body }
  let timer = 0;
  let wait = 1000;
  let sending = false;
  let leaving = false;

  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };

  const bodyOf = (item, operation) => {
    const body = new URLSearchParams({ item, operation });
    for (const [name, value] of new FormData(form)) {
      if (name === item) body.append("value", value);
      if (name === `${item}--declined`) body.append("declined", value);
    }
    return body;
  };

  const note = (event) => {
    const item = (event.target.name || "").replace(/--declined$/, "");
    if (!item || event.target.type === "hidden") return;
    // A new operation for every new text; a retry of the same text keeps its operation.
    const operation = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
    waiting.set(item, { operation });
    say(form.dataset.textSaving, "saving");
    clearTimeout(timer);
    timer = setTimeout(send, event.type === "change" ? 0 : PAUSE);
  };

  const again = (text) => {
    say(text, "waiting");
    clearTimeout(timer);
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  async function send() {
    if (sending || waiting.size === 0) return;
    sending = true;
    const [item, save] = waiting.entries().next().value;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value },
        body: bodyOf(item, save.operation),
        redirect: "manual",
      });
      sending = false;
      if (answer.type === "opaqueredirect") return again(form.dataset.textLocked);
      if (answer.status === 422) {
        waiting.delete(item);
        return say((await answer.json()).problem, "waiting");
      }
      if (!answer.ok) return again(form.dataset.textAgain);
      if (waiting.get(item) === save) waiting.delete(item);
      wait = 1000;
      if (waiting.size > 0) return send();
      say((await answer.json()).saved, "saved");
    } catch {
      sending = false;
      again(form.dataset.textAgain);
    }
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("online", send);
  addEventListener("beforeunload", (event) => {
    if (waiting.size > 0 && !leaving) event.preventDefault();
  });
})();
