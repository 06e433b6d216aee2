/* Guesses: written down before what a cell shows is unfolded, and how far off they were after it. Both
   languages keep the same ones in the browser; without a script the fold stands alone. */
"use strict";
{
  const { off } = JSON.parse(document.currentScript.dataset.words);
  const key = `guesses.${location.pathname.split("/labs/").pop()}`;
  const kept = [__md_get(key)].flat(); // may be anything: a field of numbers takes nothing else
  const fields = [...document.querySelectorAll(".guesses input")];
  const marks = [...document.querySelectorAll(".guesses, .lab-reveal")];
  for (const asked of document.querySelectorAll(".guesses")) {
    const fold = marks[marks.indexOf(asked) + 1];
    const tell = () => {
      for (const field of asked.querySelectorAll("input")) {
        const far = Math.abs(field.value - field.dataset.measured).toFixed(2);
        const output = field.closest("p").querySelector("output");
        output.textContent = fold.open && field.value ? off.replace("{off}", far) : "";
      }
    };
    asked.addEventListener("input", () => (tell(), __md_set(key, fields.map((field) => field.value))));
    fold.addEventListener("toggle", tell);
    asked.hidden = false;
  }
  fields.forEach((field, place) => (field.value = kept[place] ?? ""));
}
