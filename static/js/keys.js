// Keys for a clinician's pages. Each does what a link or a button on the page does; none works
// while somebody types in a field, and the single ones can be turned off.
(() => {
  const keys = document.getElementById("keys");
  const palette = document.getElementById("palette");
  const words = document.getElementById("palette-words");
  const none = palette.querySelector("[data-none]");
  const places = [...palette.querySelectorAll("li")];
  const single = keys.dataset.single === "on";
  const PREFIX = 1500;
  let going = 0;

  const typing = (place) => place instanceof Element
    && place.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  const filter = () => {
    const wanted = words.value.trim().toLowerCase();
    for (const place of places) {
      place.hidden = !place.textContent.toLowerCase().includes(wanted);
    }
    none.textContent = places.every((place) => place.hidden) ? none.dataset.none : "";
  };

  const shown = () => places.filter((place) => !place.hidden).map((place) => place.firstElementChild);

  const open = (what) => {
    if (what === palette) {
      words.value = "";
      filter();
    }
    what.showModal();
  };

  const step = (by) => {
    const links = [words, ...shown()];
    const at = links.indexOf(document.activeElement);
    links[(at + by + links.length) % links.length].focus();
  };

  palette.addEventListener("input", filter);
  palette.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === words) {
      event.preventDefault();
      shown()[0]?.click();
    }
  });

  for (const button of document.querySelectorAll("[data-opens]")) {
    button.hidden = false;
    button.addEventListener("click", () => open(document.getElementById(button.dataset.opens)));
  }

  // The short form for evidence may be folded up on this very page.
  const quick = document.getElementById("quick-evidence");
  const unfold = () => {
    if (location.hash !== "#quick-evidence" || !quick) return;
    quick.open = true;
    quick.querySelector("textarea").focus();
  };
  addEventListener("hashchange", unfold);
  unfold();

  // A page may have its own way to do it, such as a small form; else the list's link leads there.
  const press = (selector) => {
    const found = [...document.querySelectorAll(selector)];
    const own = found.find((each) => !palette.contains(each)) || found[0];
    own?.click();
    if (own?.hash === location.hash) unfold();
    return Boolean(own);
  };

  const alone = (key) => {
    if (going > Date.now()) {
      going = 0;
      return press(`[data-go="${CSS.escape(key)}"]`);
    }
    if (key === "g") going = Date.now() + PREFIX;
    else if (key === "?") open(keys);
    else if (key === "/") open(palette);
    else if (key === "j") return press("form[data-room-start] button");
    else return press(`[data-key="${CSS.escape(key)}"]`);
    return true;
  };

  addEventListener("keydown", (event) => {
    const busy = event.defaultPrevented || event.isComposing || event.repeat || event.altKey;
    if (busy || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "k" || event.shiftKey) return;
      event.preventDefault();
      open(palette);
    } else if (single && event.key.length === 1 && alone(event.key)) {
      event.preventDefault();
    }
  });
})();
