// A button on each quote that copies it with its source: “words” — Speaker, Outlet, day, address. Without a script, or
// where a browser lets none near the clipboard, there is none.
document.addEventListener("DOMContentLoaded", () => {
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.querySelector("main").append(said);

  // Pages that come without TLS, from another machine, have no navigator.clipboard.
  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("the browser does not copy");
  };

  for (const quote of document.querySelectorAll("[data-source]")) {
    const link = quote.querySelector("blockquote a, a.words");
    const words = quote.dataset.words || link.textContent;
    const marked = /^["“‘'«„]/.test(words) ? words : `“${words}”`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy with source";
    button.addEventListener("click", async () => {
      try {
        await copied(`${marked} — ${quote.dataset.source}, ${quote.dataset.address || link.href}`);
        button.textContent = said.textContent = "Copied";
      } catch {
        button.textContent = said.textContent = "Could not be copied";
      }
      setTimeout(() => {
        button.textContent = "Copy with source";
        said.textContent = "";
      }, 2000);
    });
    quote.querySelector(".facts").append(button);
  }
});
