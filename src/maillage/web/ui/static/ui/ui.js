/* Small comforts on top of pages that work without them. No page depends on this file. */
(() => {
  "use strict";

  const words = document.body.dataset;

  // "/" goes to the search box of the page, or else to the one at the top.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const boxes = [...document.querySelectorAll("[data-focus-search]")];
    const box = boxes.reverse().find((one) => one.offsetParent !== null);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A summary of errors takes the focus, so that it is read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  document.addEventListener("htmx:afterSettle", (event) => {
    const inside = event.target.querySelector && event.target.querySelector("[data-focus]");
    if (inside) inside.focus();
  });

  // How many rows a search leaves is said aloud, without moving the focus.
  document.addEventListener("htmx:afterSettle", (event) => {
    const count = event.target.querySelector && event.target.querySelector("[data-say-count]");
    const listing = count && count.closest("[data-listing]");
    if (listing) listing.querySelector("[role=status]").textContent = count.textContent;
  });

  // Menus close on Escape and when one touches something else.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.m-menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.m-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // A choice that sends its form at once; its button stays for those without script.
  document.addEventListener("change", (event) => {
    const chooser = event.target.closest("[data-autosubmit]");
    const form = chooser && (chooser.form || chooser.closest("form"));
    if (form) form.requestSubmit();
  });

  // A form is sent once, however often its button is pressed on a slow connection.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 5000); // a download leaves the page where it is
  });
  const release = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  };
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // What a slider stands at is written beside it.
  document.addEventListener("input", (event) => {
    if (event.target.type !== "range" || !event.target.id) return;
    const output = document.querySelector(`output[for="${CSS.escape(event.target.id)}"]`);
    if (output) output.value = event.target.value + (output.dataset.unit || "");
  });

  // Copy what another element shows or holds.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      await navigator.clipboard.writeText(source.value || source.textContent.trim());
      say(words.sayCopied);
    });
  });

  // Messages can be put away.
  const close = (toast) => {
    if (toast.querySelector(".m-toast__close")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "m-toast__close";
    button.setAttribute("aria-label", words.sayClose);
    button.textContent = "×";
    button.addEventListener("click", () => toast.remove());
    toast.append(button);
  };
  const say = (text) => {
    const toast = document.createElement("div");
    const line = document.createElement("p");
    toast.className = "m-toast";
    line.textContent = text;
    toast.append(line);
    document.getElementById("toasts").append(toast);
    close(toast);
  };
  const closeAll = () => document.querySelectorAll("#toasts .m-toast").forEach(close);
  closeAll();
  document.addEventListener("htmx:oobAfterSwap", closeAll);

  // A part of the page that could not be loaded says so.
  document.addEventListener("htmx:sendError", () => say(words.sayOffline));
  document.addEventListener("htmx:responseError", () => say(words.sayOffline));
})();
