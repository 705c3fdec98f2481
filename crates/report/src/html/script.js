"use strict";
addEventListener("DOMContentLoaded", () => {
  const filter = document.getElementById("filter");
  const entries = [...document.querySelectorAll(".searchable")];
  const wanted = () => filter.value.trim().toLowerCase();
  let timer = 0;

  // An entry is shown if its own summary, or that of an entry inside it, holds the words.
  function apply() {
    const words = wanted();
    for (const entry of entries) {
      const own = entry.textContent.length < 20000 ? entry.textContent : entry.firstElementChild.textContent;
      entry.classList.toggle("hidden", words !== "" && !own.toLowerCase().includes(words));
    }
  }
  filter.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 150); });

  // A link into a closed part opens it.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
      part.classList.remove("hidden");
    }
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  for (const button of document.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => {
      for (const part of document.querySelectorAll("main details")) part.open = button.dataset.all === "open";
    });
  }

  // "/" filters, "j" and "k" go to the next and the previous heading of a part.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
    if (event.key === "/") { event.preventDefault(); filter.focus(); }
    if (event.key !== "j" && event.key !== "k") return;
    const heads = [...document.querySelectorAll("main summary")].filter((head) => head.offsetParent !== null);
    const at = heads.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
    if (heads[Math.max(at, 0)]) heads[Math.max(at, 0)].focus();
  });
});
