/* Reckons a file's SHA-256 in the browser, so that the file never leaves the computer. A file may
   also be dropped anywhere on the page. Without this file, or without a secure connection, the
   form sends the file and the server reckons. */
(() => {
  "use strict";
  const form = document.querySelector("[data-check-file]");
  if (!form || !window.crypto || !window.crypto.subtle) return;
  const field = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-check-status]");

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function check(file) {
    status.textContent = "Räknar …";
    const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const address = new URL(form.action);
    address.searchParams.set("sha256", hex(new Uint8Array(sum)));
    location.assign(address);
  }

  function begin(file) {
    check(file).catch(() => { status.textContent = "Filen gick inte att läsa. Välj den igen."; });
  }

  form.addEventListener("submit", (event) => {
    if (!field.files.length) return; // the server says what is missing
    event.preventDefault();
    begin(field.files[0]);
  });

  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer && event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    begin(file);
  });
})();
