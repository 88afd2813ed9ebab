/* A link to a PDF that may have to be made first: says so in place, and goes there when it is
   ready. Without this file the link leads to a page that waits. */
(() => {
  "use strict";
  const PAUSE = 400; // milliseconds before the second question; then ever longer
  const LONGEST = 3000;
  const words = "Gör PDF …";

  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  // While it is made the answer is 202, tells how far it is and names the address where to ask
  // again; then it is another, such as a redirect to the file, which is not followed here.
  async function ready(address, tell) {
    for (let time = PAUSE; ; time = Math.min(time * 1.3, LONGEST)) {
      const answer = await fetch(address, { method: "HEAD", cache: "no-store", redirect: "manual" });
      if (answer.status !== 202) return;
      tell(`${words} ${decodeURIComponent(answer.headers.get("How-Far") || "")}`);
      address = answer.headers.get("Refresh").split("url=")[1];
      await pause(time);
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
        await ready(link.href, (said) => { if (said !== status.textContent) status.textContent = said; });
      } catch {
        // The network is gone: the browser says so itself.
      }
      link.removeAttribute("aria-busy");
      status.textContent = "";
      location.assign(link.href);
    });
  });
})();
