// Writes beside each slider the value it stands on.
for (const slide of document.querySelectorAll("[data-slide]")) {
  const input = slide.querySelector("input");
  const output = slide.querySelector("output");
  input.addEventListener("input", () => {
    output.textContent = slide.dataset.slide.replace("{}", input.value);
  });
}
