// Counts the minutes of an appointment on, from where the server counted: no sound, no alarm.
(() => {
  const shown = document.querySelector("[data-minutes]");
  if (!shown) return;
  const from = Number(shown.dataset.minutes);
  const text = shown.textContent;
  const opened = performance.now();

  setInterval(() => {
    const minutes = from + Math.floor((performance.now() - opened) / 60000);
    shown.textContent = text.replace(String(from), String(minutes));
  }, 15000);
})();
