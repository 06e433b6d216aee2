/* What Material's own script asks for too early, does at a cost, or builds without a name or out of the keyboard's reach. */
"use strict";
{
  // The search index weighs as much as a page: it is fetched when someone goes to search, not before.
  const wanted = new Promise((resolve) => {
    const form = document.forms.namedItem("search");
    const query = new URLSearchParams(location.search); // q asks for pages, h for a page's words
    if (!form || query.has("q") || query.has("h")) resolve();
    for (const sign of ["focusin", "pointerover"]) form?.addEventListener(sign, resolve, { once: true });
    document.querySelector("label[for=__search]")?.addEventListener("click", resolve, { once: true });
  });
  const { open, send } = XMLHttpRequest.prototype;
  const waiting = new WeakSet();
  XMLHttpRequest.prototype.open = function (method, url, ...others) {
    if (String(url).endsWith("/search/search_index.json")) waiting.add(this);
    open.call(this, method, url, ...others);
  };
  XMLHttpRequest.prototype.send = function (body) {
    waiting.has(this) ? wanted.then(() => send.call(this, body)) : send.call(this, body);
  };

  // Its field listens to keys alone: what is pasted, dictated, dropped or chosen by an input method counts too.
  const field = document.querySelector(".md-search__input");
  const read = () => field.dispatchEvent(new KeyboardEvent("keyup"));
  for (const sign of ["input", "compositionend"]) field?.addEventListener(sign, read);
  field?.form.addEventListener("reset", () => setTimeout(read));

  const { note } = JSON.parse(document.currentScript.dataset.words);
  const repairs = {
    ".md-code__nav, nav.md-tags": (each) => each.setAttribute("role", "none"), // a landmark for each is noise
    ".md-annotation__index": (each) => each.setAttribute("aria-label", note.replace("{number}", each.textContent || each.firstElementChild.dataset.mdAnnotationId)),
    ".md-typeset__scrollwrap, .evidence": (each) => scrolls.observe(each),
    ".md-typeset__scrollwrap, .evidence, pre > code, .lab-output pre, .formula--display, .chips": (each) => edges.observe(each),
  };
  // A region that scrolls takes the focus, so that arrow keys move it; one that fits needs no stop.
  const scrolls = new ResizeObserver((all) => {
    const wide = all.map(({ target }) => target.scrollWidth > target.clientWidth); // measured before any changes
    for (const [place, { target }] of all.entries()) {
      if (wide[place]) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  // Where a region goes on beyond an edge, that edge says so.
  const edge = (all) => {
    const beyond = all.map(({ scrollLeft, scrollWidth, clientWidth }) => [scrollLeft > 1, scrollLeft + clientWidth < scrollWidth - 1]);
    for (const [place, { classList }] of all.entries())
      ["cut-before", "cut-after"].forEach((name, side) => classList.toggle(name, beyond[place][side]));
  };
  const edges = new ResizeObserver((all) => edge(all.map(({ target }) => target)));
  addEventListener("scroll", ({ target }) => target instanceof Element && target.matches(".cut-before, .cut-after") && edge([target]), true);
  const repair = (root) => {
    for (const [selector, mend] of Object.entries(repairs)) {
      if (root.matches(selector)) mend(root);
      root.querySelectorAll(selector).forEach(mend);
    }
  };
  // Colours: as the system has them, light, or dark, one press after another.
  const button = document.querySelector(".schemes");
  const options = [...button.children];
  const show = () => {
    const chosen = options.find((each) => each.dataset.scheme === colours.chosen) ?? options[0];
    for (const each of options) each.hidden = each !== chosen;
    button.setAttribute("aria-label", (button.title = chosen.title));
  };
  const follow = () => (colours(), show());
  show();
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = options[(options.findIndex((each) => !each.hidden) + 1) % options.length];
    __md_set("scheme", next.dataset.scheme);
    colours(next.dataset.scheme);
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
  for (const sign of ["storage", "pageshow"]) addEventListener(sign, follow); // another window's choice, a page come back to

  // How many cards of the self-test are due, where some are; its page leaves when they will be.
  const due = document.querySelector(".due");
  const count = () => {
    let times = [];
    try {
      times = JSON.parse(localStorage.getItem("dlqa-self-test-due")).filter((time) => time <= Date.now());
    } catch {}
    due.hidden = !times.length;
    due.textContent = times.length > 99 ? "99+" : times.length;
    due.setAttribute("aria-label", (due.title = due.dataset.words.replace("{count}", times.length)));
  };
  if (due) {
    count();
    for (const sign of ["storage", "pageshow"]) addEventListener(sign, count);
  }

  // On paper a note in code that has not come in sight is (1), not # (1)!.
  let unread = [];
  addEventListener("beforeprint", () => {
    unread = [...document.querySelectorAll(".highlight .c1")].filter((each) => /^# \(\d+\)!$/.test(each.textContent));
    for (const each of unread) each.textContent = each.textContent.slice(2, -1);
  });
  addEventListener("afterprint", () => {
    for (const each of unread) each.textContent = `# ${each.textContent}!`;
  });

  const watch = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node instanceof Element) repair(node);
  });
  for (const part of document.querySelectorAll(".md-content, .md-search-result")) {
    repair(part);
    watch.observe(part, { childList: true, subtree: true });
  }
}
