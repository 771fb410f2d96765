// What a page owes to whoever reads it on a narrow screen, with a thumb, with the keyboard. Each function returns sentences.
(() => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const LEAST = 24; // CSS px, WCAG 2.2 criterion 2.5.8

  const name = (element) => {
    const label = (element.innerText || element.value || element.id || "").trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()}${element.className?.baseVal ?? element.className ? "." + (element.className.baseVal ?? element.className) : ""}> ${label}`;
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && getComputedStyle(element).visibility !== "hidden";
  };
  const boxOf = (element) => {
    const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left)), top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right)), bottom = Math.max(...boxes.map((box) => box.bottom));
    return { width: right - left, height: bottom - top };
  };
  const large = (element) => { const box = boxOf(element); return box.width >= LEAST - 0.5 && box.height >= LEAST - 0.5; };
  const inSentence = (element) =>
    getComputedStyle(element).display === "inline" &&
    [...element.parentElement.childNodes].some((node) => node !== element && node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 2);
  const leadsTo = (element) => new URL(element.getAttribute("href"), location.href).href;
  const hasEqual = (element, all) =>
    element.hasAttribute("href") && all.some((other) => other !== element && other.hasAttribute("href") && leadsTo(other) === leadsTo(element) && large(other));

  window.measure = {
    overflow() {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide <= 1) return [];
      const edge = document.documentElement.clientWidth + 1;
      const inScroller = (element) => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
          if (getComputedStyle(up).overflowX !== "visible") return true;
        return false;
      };
      const guilty = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge && !inScroller(element));
      return [`${wide} px wider than the window: ${guilty.slice(-3).map(name).join(" | ")}`];
    },
    targets() {
      const all = [...document.querySelectorAll(TARGETS)].filter(shown);
      return all
        .filter((element) => !large(element) && !inSentence(element) && !hasEqual(element, all))
        .map((element) => { const box = boxOf(element); return `${name(element)} is ${box.width.toFixed(0)} x ${box.height.toFixed(0)}`; });
    },
    cut() {
      return [...document.body.querySelectorAll("*")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const hides = [style.overflowX, style.overflowY].includes("hidden") || style.textOverflow === "ellipsis";
          return hides && shown(element) && !style.clipPath.includes("inset") && element.innerText?.trim() && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
        })
        .map((element) => `${name(element)} is cut off`);
    },
    skeleton() {
      const wrong = [];
      if (document.querySelectorAll("h1").length !== 1) wrong.push(`${document.querySelectorAll("h1").length} headings of the first level`);
      if (!document.title.replace(/·.*/, "").trim()) wrong.push("no title");
      for (const landmark of ["header", "main"]) if (document.querySelectorAll(landmark).length !== 1 && landmark === "main") wrong.push(`no single ${landmark}`);
      for (const table of document.querySelectorAll("table")) if (!table.querySelector("th")) wrong.push("a table without headings");
      return wrong;
    },
    focused() {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      const box = element.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return { name: name(element), ring, inside };
    },
  };
})();
