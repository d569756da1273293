"use strict";
// Copy buttons, and counts that follow what is typed. Without scripts the page says the same; only the buttons are missing.
(() => {
  const said = document.getElementById("said");
  let clear = 0;
  const say = (text) => {
    said.textContent = text;
    window.clearTimeout(clear);
    clear = window.setTimeout(() => { said.textContent = ""; }, 6000);
  };
  const valueOf = (node) => ("value" in node ? node.value : node.textContent);

  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-label", "copy");
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (button) => {
    const text = valueOf(document.getElementById(button.dataset.copy));
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = byHand(text);
      button.focus();
    }
    say(done ? `${button.dataset.name}: copied.` : `${button.dataset.name}: this browser does not let a page copy. Select the text and copy it.`);
  };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // The rules of penholder's lengths.py: UTF-16 code units, line ends as one and as two, no letter parted from its accents.
  const number = (n) => n.toLocaleString("en-GB");
  const joined = (text, i) => {
    if (i <= 0 || i >= text.length) return false;
    const here = String.fromCodePoint(text.codePointAt(i));
    const half = text.charCodeAt(i);
    if (half >= 0xdc00 && half <= 0xdfff) return true;
    return /^[\p{M}\u{1f3fb}-\u{1f3ff}\ufe00-\ufe0f\u200d]$/u.test(here) || text[i - 1] === "\u200d";
  };
  const cutAt = (text, limit, line) => {
    let used = 0;
    for (let i = 0; i < text.length; i++) {
      used += text[i] === "\n" ? line : 1;
      if (used > limit) {
        while (i && joined(text, i)) i--;
        return i;
      }
    }
    return text.length;
  };
  const words = (text) => text.split(/\s+/u).filter(Boolean);
  const verdict = (text, limit) => {
    const one = text.length;
    const two = one + text.split("\n").length - 1;
    if (!text.trim()) return ["missing", "No answer yet."];
    if (!limit) return ["open", `${number(one)} characters. No limit is known.`];
    if (two <= limit) {
      const both = two !== one ? ` (${number(two)} if a line end counts as two)` : "";
      return ["fits", `Fits: ${number(one)} of ${number(limit)} characters${both}.`];
    }
    const kept = words(text.slice(0, cutAt(text, limit, one > limit ? 1 : 2)));
    const where = kept.length
      ? `the limit falls after “${kept.length > 3 ? "… " : ""}${kept.slice(-3).join(" ")}”`
      : "the limit falls before the first word";
    const count = one > limit
      ? `${number(one)} of ${number(limit)}`
      : `${number(two)} of ${number(limit)} with line ends counted as two characters (${number(one)} with line ends as one)`;
    return ["long", `Too long: ${count}; ${where}.`];
  };
  for (const area of document.querySelectorAll("textarea[data-limit]")) {
    const count = document.getElementById(`${area.id}-count`);
    const changed = document.getElementById(`${area.id}-changed`);
    const fit = () => { area.rows = 3; area.style.height = "auto"; area.style.height = `${area.scrollHeight + 4}px`; };
    const show = () => {
      const [state, text] = verdict(area.value, Number(area.dataset.limit));
      if (count.className !== `count ${state}`) say(`${area.dataset.name}: ${text}`);
      count.className = `count ${state}`;
      count.textContent = text;
      changed.hidden = area.value === area.defaultValue;
      fit();
    };
    area.addEventListener("input", show);
    fit();
  }
})();
