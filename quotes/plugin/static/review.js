// The review page by keys, and the marking of words. Without it all but marking works by its buttons.
// Offsets count characters as Python does: code points of the article's text.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("decide");
  const story = document.querySelector(".story");
  const current = document.getElementById("current");
  if (current && current.getBoundingClientRect().bottom > innerHeight) current.scrollIntoView({ block: "center" });
  let sent = false;
  for (const one of document.forms) {
    one.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  }
  window.addEventListener("pageshow", () => {
    sent = false;
  });

  // -- keys

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=radio]), select, textarea");
    if (typing && event.key === "Enter" && event.target.form === form) {
      event.preventDefault();
      form.querySelector(".typed button").click();
    } else if (typing && event.key === "Escape") {
      event.target.blur();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !marking()) return;
    if (marking() && moved(event)) {
      event.preventDefault();
      return;
    }
    const field = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (field) {
      event.preventDefault();
      field.focus();
    } else if (wanted && !wanted.closest("[hidden]")) {
      event.preventDefault();
      wanted.click();
    }
  });
  if (!story || !form) return;

  // -- words, and where they stand

  const characters = (text) => [...text].length;
  const words = [...story.querySelectorAll("[data-at]")].flatMap((run) => {
    const node = run.firstChild;
    const found = node ? [...node.data.matchAll(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*|[^\s]/gu)] : [];
    return found.map((match) => ({ node, from: match.index, to: match.index + match[0].length, text: match[0] }));
  });
  const place = (node, offset) => Number(node.parentElement.dataset.at) + characters(node.data.slice(0, offset));

  // What is selected in the story, as [start, end, words]; null for nothing.
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = words.filter(({ node, from, to }) =>
      range.comparePoint(node, from) < 1 && range.comparePoint(node, to) > -1 && range.intersectsNode(node)
      && !(range.endContainer === node && range.endOffset <= from)
      && !(range.startContainer === node && range.startOffset >= to));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside.at(-1)];
    const from = range.startContainer === first.node ? Math.max(range.startOffset, first.from) : first.from;
    const to = range.endContainer === last.node ? Math.min(range.endOffset, last.to) : last.to;
    const start = place(first.node, from);
    const end = place(last.node, to);
    return start < end ? [start, end, range.toString().trim()] : null;
  };

  // -- selecting by keys: an anchor and a focus among the words

  let anchor = -1;
  let focus = -1;
  const marking = () => anchor >= 0;
  const select = () => {
    const [first, last] = anchor < focus ? [words[anchor], words[focus]] : [words[focus], words[anchor]];
    getSelection().setBaseAndExtent(first.node, first.from, last.node, last.to);
    words[focus].node.parentElement.scrollIntoView({ block: "nearest" });
    offer();
  };
  const sentence = (from, step) => {
    let at = from + step;
    while (words[at + step] && !/^[.!?]$/.test(words[at].text)) at += step;
    return at;
  };
  const moved = (event) => {
    const steps = {
      ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, ArrowUp: (at) => sentence(at, -1), ArrowDown: (at) => sentence(at, 1),
    };
    if (event.key === "Enter") {
      document.querySelector("[data-mark=missed]").click();
      return true;
    }
    if (!steps[event.key]) return false;
    focus = Math.max(0, Math.min(words.length - 1, steps[event.key](focus)));
    if (!event.shiftKey) anchor = focus;
    select();
    return true;
  };

  // -- what is done with what is selected

  const spans = form.elements.spans;
  const act = form.querySelector("input[name=act]");
  const kinds = [...form.elements.kind];
  const before = { act: act.value, kind: kinds.find((one) => one.checked) };
  const told = form.querySelector(".marked");
  const offer = () => {
    const some = selected() !== null;
    for (const button of document.querySelectorAll("[data-mark]")) {
      const wants = button.dataset.mark === "start" ? true : button.dataset.mark === "piece" ? some && spans.value !== "" : some;
      button.hidden = !wants;
    }
  };
  const leave = () => {
    anchor = focus = -1;
    getSelection().removeAllRanges();
    spans.value = "";
    act.value = before.act;
    if (before.kind) before.kind.checked = true;
    told.hidden = true;
    form.classList.remove("is-missed");
    offer();
  };
  const keep = (pieces, what) => {
    spans.value = JSON.stringify(pieces);
    told.querySelector(".says").textContent = what;
    told.querySelector(".said").textContent = pieces.map((piece) => piece[2]).join(" … ");
    told.hidden = false;
    anchor = focus = -1;
    offer();
  };
  const acts = {
    start: () => {
      const near = current?.querySelector("[data-at]")?.firstChild;
      anchor = focus = Math.max(0, words.findIndex((word) => !near || word.node === near));
      document.activeElement.blur();
      select();
    },
    span: (piece) => keep([piece], "The quote is:"),
    piece: (piece) => keep([...JSON.parse(spans.value), piece].sort((one, other) => one[0] - other[0]), "The quote is:"),
    missed: (piece) => {
      act.value = "missed";
      const marks = /["“”«»„]/;
      const kind = /^["“«„]/.test(piece[2]) ? "direct" : marks.test(piece[2]) ? "mixed" : "indirect";
      kinds.find((one) => one.value === kind).checked = true;
      form.classList.add("is-missed");
      keep([piece], "A missed quote; who said it?");
    },
  };
  for (const button of document.querySelectorAll("[data-mark]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());  // or the selection goes
    button.addEventListener("click", () => {
      const piece = selected();
      if (button.dataset.mark === "start") acts.start();
      else if (piece) acts[button.dataset.mark](piece);
    });
  }
  told.querySelector("button").addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && told.hidden && !event.target.matches("input")) leave();
  });
  document.addEventListener("selectionchange", offer);
  window.addEventListener("pageshow", leave);  // a browser fills forms again that it goes back to
});
