// Shows a worksheet's pages beside the choices as they will print, and anew whenever one changes.
// What is shown always belongs to the choices on the page: until it does, nothing older is shown.
(() => {
  const form = document.querySelector("form[data-preview]");
  if (!form) return;
  const frame = document.querySelector("[data-preview-frame]");
  const said = frame.querySelector("[data-preview-said]");
  const working = frame.querySelector("[data-preview-working]");
  const PAUSE = 300;
  const LONGEST = 60000;
  let timer = 0;
  let asking = null;

  const region = (name, within = document) => within.querySelector(`[data-swaps="${name}"]`);

  const choices = () => {
    const query = new URLSearchParams(new FormData(form));
    query.delete("csrf_token");
    query.delete("seen");
    return query;
  };

  const show = (text, busy) => {
    said.textContent = text;
    working.hidden = !busy;
    frame.setAttribute("aria-busy", String(busy));
  };

  // What a field would print depends on whose sheet it is; where nothing differs, focus stays.
  const swapFields = (fresh) => {
    const old = region("fields");
    if (!old || !fresh || old.textContent === fresh.textContent) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus();
  };

  const take = (page) => {
    const pages = region("pages", page);
    swapFields(region("fields", page));
    region("pages").replaceWith(pages);
    form.elements.seen.value = pages.dataset.digest || "";
    show(page.querySelector("[data-preview-said]").textContent, false);
  };

  const fail = () => {
    region("pages").replaceChildren();
    show(form.dataset.textFailed, false);
  };

  const ask = async () => {
    const mine = new AbortController();
    asking = mine;
    const query = choices();
    history.replaceState(history.state, "", `${form.action}?${query}`);
    query.set("show", "1");
    show("", true);
    try {
      const signal = AbortSignal.any([mine.signal, AbortSignal.timeout(LONGEST)]);
      const answer = await fetch(`${form.action}?${query}`, { redirect: "error", signal });
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (asking === mine) take(page);
    } catch {
      if (asking === mine) fail();
    }
  };

  const tickAll = (box) => {
    const boxes = [...form.querySelectorAll("input[name=filled]")];
    const all = boxes.find((each) => each.value === "all");
    if (box === all) for (const each of boxes) each.checked = all.checked;
    else if (all) all.checked = boxes.every((each) => each === all || each.checked);
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "filled") tickAll(event.target);
    form.elements.seen.value = "";
    // What was asked before is no answer any more, and must not take back what is chosen now.
    asking?.abort();
    asking = null;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  // The pages follow by themselves here.
  form.querySelector("button[name=show]").hidden = true;
  if (!region("pages").dataset.digest) ask();
})();
