// Takes keyboard and reading to the error summary, and from there to the field that needs a look.
(() => {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const frame = field.closest("[data-field]") || field;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    frame.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    field.focus({ preventScroll: true });
  });
})();
