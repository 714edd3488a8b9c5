// Reading aloud, printing, copying: hidden in the page and shown here when the browser can do them.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What stands in a field goes to the clipboard; where that is forbidden it is selected, for the person's own keys.
function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function copied(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const done = await copied(document.getElementById(button.dataset.copy));
  button.parentElement.querySelector("[role=status]").textContent = done ? button.dataset.done : button.dataset.failed;
});

offerCopying();
document.addEventListener("htmx:load", offerCopying); // a list that was drawn anew

const voice = window.speechSynthesis;
const speakers = document.querySelectorAll("[data-speak]");

// The article if the page has one, else all of it; what is hidden is not read.
function textOf() {
  const source = document.querySelector("[data-speak-text]") || document.querySelector("main");
  const words = source.cloneNode(true);
  for (const mute of words.querySelectorAll("nav, form, button, script, [aria-hidden=true], [hidden]")) mute.remove();
  for (const block of words.querySelectorAll("p, li, h1, h2, h3, h4, dt, dd, td, th, figcaption")) block.append("。");
  return words.textContent.replace(/\s+/g, " ").replace(/([。！？：])。/g, "$1").trim();
}

// Long texts are cut at sentences: several browsers fall silent after some fifteen seconds of one utterance.
function sentences(text) {
  return text.match(/[^。！？；]+[。！？；]?/g) || [];
}

function show(speaking) {
  for (const button of speakers) {
    button.setAttribute("aria-pressed", String(speaking));
    button.querySelector("[data-speak-label]").textContent = speaking ? button.dataset.stop : button.dataset.start;
  }
}

function toggle() {
  if (voice.speaking || voice.pending) {
    voice.cancel();
    show(false);
    return;
  }
  const parts = sentences(textOf());
  parts.forEach((part, index) => {
    const utterance = new SpeechSynthesisUtterance(part);
    utterance.lang = document.documentElement.lang;
    utterance.rate = 0.9;
    if (index === parts.length - 1) utterance.onend = () => show(false);
    utterance.onerror = () => show(false);
    voice.speak(utterance);
  });
  show(parts.length > 0);
}

if (voice && window.SpeechSynthesisUtterance) {
  for (const button of speakers) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
  window.addEventListener("pagehide", () => voice.cancel());
}
