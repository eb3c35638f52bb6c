// Passkeys: the sign-in library drives the ceremony; this shows the buttons where the browser can
// hold passkeys, and says in words when the ceremony was left or failed.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("[data-passkey]").forEach(function (part) { part.hidden = false; });
    document.querySelectorAll("[data-no-passkey]").forEach(function (part) { part.hidden = true; });
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach(function (part) {
      part.hidden = false;
      part.focus();
    });
  });
})();
