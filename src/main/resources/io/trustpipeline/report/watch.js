// Keeps the first part of the page up to date, and loads the page again when a run has ended.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const stage = document.getElementById("stage");
  const rows = document.getElementById("rows");
  let ended = null;
  const look = async () => {
    try {
      const now = await (await fetch("/progress")).json();
      if (ended !== null && now.ended !== ended) {
        location.reload();
      }
      ended = now.ended;
      const counted = now.total > 0 ? `: ${now.done.toLocaleString("en")} of ${now.total.toLocaleString("en")} rows` : "";
      const left = now.seconds_left >= 0 && now.done < now.total ? `, ${Math.round(now.seconds_left)} s left` : "";
      stage.textContent = now.stage ? `${now.stage}${counted}${left}` : "Nothing is under way.";
      rows.max = now.total > 0 ? now.total : 1;
      rows.value = now.total > 0 ? now.done : 0;
    } catch (gone) {
      stage.textContent = "The service does not answer.";
    }
    setTimeout(look, 1000);
  };
  look();
});
