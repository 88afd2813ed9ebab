/* A form whose button was pressed before what it needs was made: presses it again, once. Without
   this file the page asks the person to. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-press]");
  const [arrived] = performance.getEntriesByType("navigation");
  // Whoever comes back to the page with the browser's Back has not asked for anything.
  if (form && arrived && arrived.type !== "back_forward") form.requestSubmit();
})();
