// Comfort on the article page; all that it tells stands in the list of quotes too. A tap on a quote, where there is no
// mouse to hover with, tells who said it; Escape, or a tap elsewhere, closes that.
document.addEventListener("DOMContentLoaded", () => {
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.querySelector("main").append(tip);

  const close = () => {
    tip.hidden = true;
  };
  document.addEventListener("click", (event) => {
    const quote = event.target.closest("mark.quote");
    if (!quote || event.target.closest("a")) {
      close();
      return;
    }
    const first = document.getElementById(`q-${quote.dataset.quote}`);
    tip.textContent = first ? first.title : "";
    tip.hidden = !tip.textContent;
    const box = quote.getClientRects()[0];
    tip.style.top = `${window.scrollY + box.bottom + 6}px`;
    tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
});
