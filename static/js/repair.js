// A press on one of the buttons for a response to repair is saved without loading the page again.
// Whatever goes wrong, the press is sent as a form, so that it is saved or its trouble is told.
(() => {
  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form));
    body.append(button.name, button.value);
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
      redirect: "error",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return new Set((await answer.json()).marks);
  };

  const show = (form, marks) => {
    for (const button of form.querySelectorAll("button")) {
      const on = marks.has(button.value);
      button.setAttribute("aria-pressed", String(on));
      button.name = on ? "off" : "on";
    }
  };

  const watch = (form) => {
    // One press after the other, so that the last answer shown is the last press made.
    let before = Promise.resolve();
    let failed = false;

    const press = async (button) => {
      button.setAttribute("aria-busy", "true");
      try {
        show(form, await send(form, button));
      } catch {
        failed = true;
        form.requestSubmit(button);
      } finally {
        button.removeAttribute("aria-busy");
      }
    };

    form.addEventListener("submit", (event) => {
      if (failed || !event.submitter) return;
      event.preventDefault();
      before = before.then(() => press(event.submitter));
    });
  };

  for (const form of document.querySelectorAll("form[data-repair]")) watch(form);
})();
