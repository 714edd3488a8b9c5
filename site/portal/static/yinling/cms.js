// Starts the admin's widgets without inline script, which the content policy forbids.
// <yl-start data-with="PageChooser" data-id="id_page" data-options="{…}"> stands where Wagtail would write
// <script>new PageChooser("id_page", {…})</script>; like that script it runs at once when it enters the document.
"use strict";

// Only these, so that markup smuggled into a page can start nothing else.
const CLASSES = /^(InlinePanel|MultipleChooserPanel|[A-Z][A-Za-z]*Chooser)$/;
const FUNCTIONS = ["initDateChooser", "initTimeChooser", "initDateTimeChooser", "createTaskChooser"];

customElements.define(
  "yl-start",
  class extends HTMLElement {
    connectedCallback() {
      const { with: name, id, options } = this.dataset;
      const values = [];
      if (id !== undefined) values.push(id);
      if (options !== undefined) values.push(JSON.parse(options));
      this.remove(); // moved rows must not start twice
      if (CLASSES.test(name)) new window[name](...values);
      else if (FUNCTIONS.includes(name)) window[name](...values);
    }
  },
);

// A design's sheet is printed anew when a field was changed; without JavaScript the button inside does the same.
customElements.define(
  "yl-preview",
  class extends HTMLElement {
    connectedCallback() {
      const form = this.closest("form");
      form.addEventListener("change", (event) => {
        if (event.target.name === "upright")
          form.parentElement.querySelector(".yl-sheet").classList.toggle("yl-sheet--portrait", event.target.value !== "");
        this.querySelector("button").click();
      });
    }
  },
);

// What was ticked and not saved is asked about before the page is left; sending the form it stands in saves it.
customElements.define(
  "yl-ticks",
  class extends HTMLElement {
    connectedCallback() {
      const form = this.closest("form");
      let sent = false;
      form.addEventListener("submit", () => (sent = true));
      window.addEventListener("pageshow", () => (sent = false));
      window.addEventListener("beforeunload", (event) => {
        if (!sent && [...form.elements].some((one) => one.checked !== one.defaultChecked)) event.preventDefault();
      });
    }
  },
);
