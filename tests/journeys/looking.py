"""What has to hold of every page in a real browser, whatever the page is for."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page as Tab

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET = 24
HEIGHT = 900

#: Finds what can be pressed and is too small. A field counts with the label around it, as both
#: can be pressed; a link inside a sentence is as high as the sentence's letters.
TOO_SMALL = """smallest => {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const size = element => {
    const pressed = [element, element.closest('.choice, .segment')].filter(each => each);
    const boxes = pressed.map(each => each.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map(box => box.width)),
      height: Math.max(...boxes.map(box => box.height)),
    };
  };
  const inSentence = element => element.matches('p a') && element.parentElement.innerText.trim()
    !== element.innerText.trim();
  return [...document.querySelectorAll(controls)]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest('.skip-link'))
    .filter(each => !inSentence(each))
    .filter(each => size(each).width < smallest || size(each).height < smallest)
    .map(each => `${each.outerHTML.slice(0, 120)} ${JSON.stringify(size(each))}`);
}"""

#: Clears and breaks what a form holds, then sends it with its main button.
SEND_FAULTY = """() => {
  const form = document.querySelector('main form');
  for (const field of form.querySelectorAll('input, textarea, select')) {
    if (field.tagName === 'SELECT') field.selectedIndex = 0;
    else if (field.type === 'number') field.value = '99999';
    else if (field.type === 'checkbox') field.checked = false;
    else if (!['hidden', 'radio'].includes(field.type)) field.value = '';
  }
  const buttons = [...form.querySelectorAll('button')].filter(button => !button.name);
  form.requestSubmit(buttons[buttons.length - 1]);
}"""

#: Tells where the focus is, whether it can be seen, and whether an outline or such marks it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const marked = [at, ...(at.labels || [])].some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  return {place: at.dataset.place, html: at.outerHTML.slice(0, 120), marked};
}"""

#: Numbers what Tab has to reach, in the order of the page; of a radio group one is reached.
REACHABLE = """() => {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary,'
    + ' [tabindex="0"]';
  const seen = new Set();
  return [...document.querySelectorAll(controls)]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .filter(each => {
      if (each.type !== 'radio') return true;
      const group = [...document.getElementsByName(each.name)];
      if (group.some(other => other.checked)) return each.checked;
      return !seen.has(each.name) && seen.add(each.name);
    })
    .map((each, place) => each.dataset.place = String(place));
}"""


def size(tab: Tab, width: int, scheme: str = "light") -> None:
    """Give the window a width and the person a liking for light or dark."""
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def axe_findings(tab: Tab, rules: Sequence[str] = RULES) -> list[str]:
    """Tell what axe-core has against the page."""
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE)
    found = tab.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
        ".then(result => result.violations)",
        {"type": "rule" if "color-contrast" in rules else "tag", "values": rules},
    )
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def sideways(tab: Tab) -> int:
    """Tell by how many pixels the page is wider than its window."""
    return int(tab.evaluate("() => document.documentElement.scrollWidth - innerWidth"))


def too_small(tab: Tab) -> list[str]:
    """List what can be pressed and is smaller than 24 by 24 pixels."""
    return list(tab.evaluate(TOO_SMALL, SMALLEST_TARGET))


def settle(tab: Tab) -> None:
    """Wait until the page shows what it fetches by itself, such as the pages of a sheet."""
    tab.wait_for_function("() => !document.querySelector('.sheet-pages:not([data-digest])')")


def reachable(tab: Tab) -> list[str]:
    """Number every control of the page, and list the numbers in order."""
    return list(tab.evaluate(REACHABLE))


def tabbed_through(tab: Tab, stops: int) -> Iterator[dict[str, object]]:
    """Press Tab so many times from the top of the page, and tell where each leads."""
    for _ in range(stops):
        tab.keyboard.press("Tab")
        yield tab.evaluate(FOCUS)
