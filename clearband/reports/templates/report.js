// Sorting and filtering. The page is complete without it.
"use strict";
(() => {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  // What is sorted: the row groups of a table that has several (a record and its details), else its rows.
  const groups = (table) => [...(table.tBodies.length > 1 ? table.tBodies : table.tBodies[0]?.rows ?? [])];

  const key = (group, column) => {
    const cell = (group.rows?.[0] ?? group).cells[column];
    const text = cell.dataset.sort ?? cell.textContent.trim();
    return cell.classList.contains("number") ? text.replaceAll(",", "") : text;
  };

  const sort = (table, column, ascending) => {
    const keyed = groups(table).map((group) => [key(group, column), group]);
    keyed.sort(([a], [b]) => {
      // Empty cells stand last in either direction.
      if (a === "" || b === "") return (a === "") - (b === "");
      return ascending ? collator.compare(a, b) : collator.compare(b, a);
    });
    const sorted = keyed.map(([, group]) => group);
    sorted[0].parentElement.append(...sorted);
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    if (groups(table).length < 2) continue;
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const ascending = header.getAttribute("aria-sort") !== "ascending";
        headers.forEach((other) => other.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        sort(table, column, ascending);
      });
    });
  }

  const table = document.getElementById("records-table");
  const panel = document.querySelector(".filters");
  const text = document.getElementById("filter-text");
  const answer = document.getElementById("filter-answer");
  const count = document.getElementById("filter-count");
  const rows = [...table.tBodies];
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  let folded = null;

  const filter = () => {
    // The reason and the findings name other makers than the record's own: they are not searched.
    folded ??= rows.map((row) => fold([...row.rows[0].cells].filter((cell) => cell.className !== "why")
      .map((cell) => cell.textContent).join(" ")));
    const words = fold(text.value).split(" ").filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = (!answer.value || row.dataset.answer === answer.value) &&
        words.every((word) => folded[index].includes(word));
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    const figures = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    count.textContent = words.length || answer.value ? `Filtered: ${figures} records are shown.` : "";
  };

  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  answer.addEventListener("change", filter);
  document.getElementById("filter-reset").addEventListener("click", () => {
    text.value = "";
    answer.value = "";
    filter();
    text.focus();
  });
  panel.hidden = rows.length < 2;

  // A link to a finding inside a scrolled region, and details that are closed, must both be printed whole.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
