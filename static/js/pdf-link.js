/* A link to a PDF that may have to be made first: says so in place, and goes there when it is
   ready. Without this file the link leads to a page that waits. */
(() => {
  "use strict";
  const PAUSE = 400; // milliseconds between questions
  const words = "Gör PDF …";

  const pause = () => new Promise((resolve) => { setTimeout(resolve, PAUSE); });

  async function ready(address) {
    for (;;) {
      const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
      if (answer.status !== 202) return;
      await pause();
    }
  }

  document.querySelectorAll("a[data-pdf]").forEach((link) => {
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    status.className = "meta";
    link.after(status);
    link.addEventListener("click", async (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link.getAttribute("aria-busy")) return;
      link.setAttribute("aria-busy", "true");
      status.textContent = words;
      try {
        await ready(link.href);
      } catch {
        // The network is gone: the browser says so itself.
      }
      link.removeAttribute("aria-busy");
      status.textContent = "";
      location.assign(link.href);
    });
  });
})();
