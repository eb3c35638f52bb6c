// Hours month by month: each number gets a bar to drag, or to move with the arrow keys. Without
// this script the twelve numbers are typed; either way the numbers are what is sent.
(function () {
  "use strict";
  const MOST = 45;
  const same = document.getElementById("hours");
  document.querySelectorAll("[data-months] [data-month]").forEach(function (typed) {
    const bar = document.createElement("input");
    const tick = document.getElementById("month-" + typed.dataset.month);
    const label = document.querySelector('label[for="' + typed.id + '"]');
    bar.type = "range";
    bar.className = "form-range";
    bar.min = 0;
    bar.max = MOST;
    bar.step = 0.5;
    bar.value = (typed.value || (tick.checked ? same.value : "")).replace(",", ".") || 0;
    bar.setAttribute("aria-label", label.textContent);
    typed.parentNode.insertBefore(bar, typed);
    typed.parentNode.classList.add("has-bar");
    bar.addEventListener("input", function () {
      typed.value = bar.value === "0" ? "" : bar.value;
      tick.checked = bar.value !== "0";
    });
    typed.addEventListener("input", function () {
      bar.value = typed.value.replace(",", ".") || 0;
      if (typed.value) tick.checked = true;
    });
  });
})();
