// Tells how far a run is, and shows the page anew when it is over. Without this file the page is loaded again every few seconds.
"use strict";
const box = document.getElementById("progress");
if (box) {
  const source = new EventSource(box.dataset.events);
  source.addEventListener("progress", (event) => {
    const now = JSON.parse(event.data);
    if (now.state !== "queued" && now.state !== "running") {
      source.close();
      location.reload();
      return;
    }
    const rows = now.rows ? `, ${now.rows.toLocaleString("en")} records` : "";
    document.getElementById("step").textContent = now.step ? now.step + rows : now.state === "queued" ? "It waits for a worker." : "It begins.";
  });
}
