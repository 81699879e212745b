// Draws the charts of a page. Each has its figures beside it as data and under it as a table, which stays when this fails.
"use strict";
(() => {
  const family = getComputedStyle(document.body).fontFamily;
  const drawn = new Map();
  const isWall = document.body.classList.contains("wall");

  const told = (place) => JSON.parse(document.getElementById(place.dataset.chart).textContent);

  const plain = (value, unit) => (value === null || value === undefined ? "—" : `${value.toLocaleString("zh-CN")}${unit === "%" ? "%" : ` ${unit}`}`);

  // A tooltip of elements: text is text whatever it holds, and the page's policy allows no styles in words.
  const line = (words, className) => {
    const element = document.createElement("div");
    element.textContent = words;
    if (className) element.className = className;
    return element;
  };

  const tip = (chart, option) => (point) => {
    const data = point.data || {};
    const box = document.createElement("div");
    box.className = "tip";
    if (point.seriesType === "heatmap") {
      const [across, down, value] = data.value;
      box.append(line(`${option.yAxis.data[down]} · ${option.xAxis.data[across]}`), line(plain(value, chart.unit), "strong"));
    } else if (point.seriesType === "sankey") {
      const ends = point.dataType === "edge" ? `${data.source} — ${data.target}` : data.name;
      box.append(line(ends), line(plain(point.value, chart.unit), "strong"));
    } else {
      box.append(line(`${point.name} · ${point.seriesName}`), line(plain(data.value, chart.unit), "strong"));
    }
    if (data.note) box.append(line(data.note));
    if (data.link && !isWall) box.append(line(place_words.open, "muted"));
    return box;
  };

  const place_words = document.querySelector("[data-words]")?.dataset || { open: "" };

  const ready = (chart) => {
    const option = chart.option;
    option.textStyle.fontFamily = family;
    option.tooltip.formatter = tip(chart, option);
    return option;
  };

  // On a phone: a legend is leafed through on its one line, and a network has its names within the page.
  const fitted = (option, width) => {
    if (isWall || width >= 480) return option;
    if (option.legend) option.legend.type = "scroll";
    for (const each of option.series) {
      if (each.type !== "sankey") continue;
      Object.assign(each, { left: 78, right: 92, nodeWidth: 8 });
      each.label = { ...each.label, fontSize: 11, width: 84, overflow: "truncate" };
      each.data = each.data.map((node) => (node.label ? { ...node, label: { ...node.label, width: 70, overflow: "truncate" } } : node));
    }
    return option;
  };

  const draw = (place, still = false) => {
    const chart = told(place);
    if (!isWall) place.style.height = `${still ? chart.paper : chart.height}px`;
    const picture = drawn.get(place) || echarts.init(place, null, { renderer: "canvas" });
    const option = fitted(ready(chart), place.clientWidth);
    if (still) option.animation = false;
    picture.setOption(option, { notMerge: true });
    if (drawn.has(place)) return;
    drawn.set(place, picture);
    picture.on("click", (point) => {
      if (!isWall && point.data && point.data.link) location.assign(point.data.link);
    });
    picture.on("mousemove", (point) => picture.getZr().setCursorStyle(!isWall && point.data && point.data.link ? "pointer" : "default"));
    place.closest("figure").dataset.drawn = "";
  };

  // What is saved has its title on it, and white behind it.
  const saved = (place, renderer) => {
    const chart = told(place);
    const size = { width: Math.max(place.clientWidth, 640), height: Math.max(chart.height, 240) + 48 };
    const option = ready(chart);
    option.animation = false;
    option.backgroundColor = "#ffffff";
    option.title = { text: chart.title, left: 8, top: 8, textStyle: { fontSize: 16, fontFamily: family } };
    if (option.grid) option.grid.top += 44;
    for (const part of ["legend", "visualMap"]) if (option[part]) option[part].top = 40;
    const holder = document.createElement("div");
    const picture = renderer === "svg" ? echarts.init(null, null, { renderer, ssr: true, ...size }) : echarts.init(holder, null, { renderer, devicePixelRatio: 2, ...size });
    picture.setOption(option);
    const address = renderer === "svg"
      ? URL.createObjectURL(new Blob([picture.renderToSVGString()], { type: "image/svg+xml" }))
      : picture.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#ffffff" });
    picture.dispose();
    return address;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (!button) return;
    const place = button.closest("figure").querySelector("[data-chart]");
    const link = document.createElement("a");
    link.download = `${told(place).title}.${button.dataset.save}`;
    link.href = saved(place, button.dataset.save === "svg" ? "svg" : "canvas");
    link.click();
    if (link.href.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  const places = () => [...document.querySelectorAll("[data-chart]")];
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting && !drawn.has(entry.target)) draw(entry.target);
  }, { rootMargin: "400px" });
  const begin = () => {
    for (const place of places()) {
      place.hidden = false;
      if (!isWall) place.style.height = `${told(place).height}px`;
      place.closest("figure").querySelector("details.numbers")?.removeAttribute("open");
      seen.observe(place);
    }
    for (const each of document.querySelectorAll("[data-scripted]")) each.hidden = false;
  };

  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => drawn.forEach((picture) => picture.resize()), 100);
  });
  // On paper every chart stands with its table.
  addEventListener("beforeprint", () => {
    // Paper is taken at once: what still moves would be printed as it begins, with nothing in it.
    for (const place of places()) draw(place, true);
    drawn.forEach((picture, place) => {
      picture.resize({ width: 680, height: "auto", animation: { duration: 0 } });
      // In one piece: of a picture in several layers a browser prints the uppermost alone.
      const whole = picture.renderToCanvas({ pixelRatio: 2, backgroundColor: "#ffffff" });
      whole.removeAttribute("style"); // which would lay them all over each other
      whole.className = "on-paper";
      place.after(whole);
    });
    for (const each of document.querySelectorAll("details.numbers")) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const whole of document.querySelectorAll("canvas.on-paper")) whole.remove();
    drawn.forEach((picture, place) => {
      if (!isWall) place.style.height = `${told(place).height}px`;
      picture.resize({ width: "auto", height: "auto" });
    });
    for (const each of document.querySelectorAll("details.numbers")) each.open = false;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    if (event.target.closest("[data-fill-screen]")) document.documentElement.requestFullscreen();
  });

  // The wall asks for itself again; what stands there stays until there is something newer.
  const again = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-renewed]")) {
        const newer = page.getElementById(part.id);
        if (newer) part.replaceChildren(...newer.childNodes);
      }
      for (const place of places()) {
        const newer = page.getElementById(place.dataset.chart);
        if (!newer) continue;
        document.getElementById(place.dataset.chart).textContent = newer.textContent;
        draw(place);
      }
    } catch {
      // The server is not to be reached: the time on the wall says of when its figures are.
    }
  };
  const every = Number(document.body.dataset.every || 0);
  if (every) {
    setInterval(again, every * 1000);
    document.addEventListener("renew", again);
  }

  if (window.echarts) begin();
})();
