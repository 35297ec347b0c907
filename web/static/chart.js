// Draws each figure.chart from the JSON block inside it: one line a unit, a dot and its interval.
(function () {
  "use strict";
  var ROW = 34, NARROW_ROW = 44, NARROW = 480, TOP = 8, BOTTOM = 46;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function lowest(rows) {
    var lows = rows.filter(function (row) { return row.low !== null; }).map(function (row) { return row.low; });
    var least = Math.min.apply(null, lows.concat([60]));
    return Math.max(0, Math.floor((least - 2) / 10) * 10);
  }

  function options(data, isNarrow) {
    var labels = isNarrow ? 92 : 150;
    var rows = data.rows.slice().reverse(), from = lowest(rows);
    var ink = colour("--ink"), soft = colour("--ink-soft"), line = colour("--line"), accent = colour("--accent");
    var names = rows.map(function (row) { return row.name; });
    var axis = {
      type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
      axisLabel: { color: ink, fontSize: isNarrow ? 12 : 13, width: labels, overflow: isNarrow ? "break" : "truncate" }
    };
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: [{ left: labels + (isNarrow ? 10 : 18), right: isNarrow ? 22 : 64, top: TOP, bottom: BOTTOM }],
      xAxis: {
        type: "value", min: from, max: 100, name: data.axis, nameLocation: "middle", nameGap: 28,
        nameTextStyle: { color: soft, fontSize: 12 }, axisLabel: { color: soft },
        splitLine: { lineStyle: { color: line } }
      },
      yAxis: [axis, { type: "category", data: names, show: false, position: "right" }],
      series: [
        { type: "bar", stack: "interval", barWidth: 8, silent: true, itemStyle: { color: "transparent" },
          data: rows.map(function (row) { return row.low === null ? 0 : row.low; }) },
        { type: "bar", stack: "interval", barWidth: 8, silent: true,
          itemStyle: { color: colour("--interval"), borderRadius: 4 },
          data: rows.map(function (row) { return row.low === null ? 0 : row.high - row.low; }) },
        { type: "line", yAxisIndex: 1, symbol: "circle", symbolSize: 11, lineStyle: { opacity: 0, width: 0 },
          itemStyle: { color: accent, borderColor: "#fff", borderWidth: 1.5 }, silent: true,
          label: { show: true, position: "top", distance: 4, color: ink, fontSize: 12,
            formatter: function (point) { return point.value[0].toFixed(1); } },
          data: rows.map(function (row, index) { return row.mean === null ? null : [row.mean, index]; }) },
        { type: "bar", yAxisIndex: 1, silent: true, barWidth: 8, itemStyle: { color: "transparent" },
          label: { show: true, position: "insideLeft", offset: [6, 0], color: soft, fontSize: 12 },
          data: rows.map(function (row) {
            return { value: row.low === null ? 100 : 0, label: { formatter: row.low === null ? data.hidden : "" } };
          }) }
      ]
    };
  }

  function draw(figure) {
    var canvas = figure.querySelector(".chart-canvas");
    var data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var chart = null;
    function show() {
      var isNarrow = canvas.clientWidth < NARROW;
      canvas.style.height = (data.rows.length * (isNarrow ? NARROW_ROW : ROW) + TOP + BOTTOM) + "px";
      chart = chart || echarts.init(canvas);
      chart.resize();
      chart.setOption(options(data, isNarrow), true);
    }
    show();
    window.addEventListener("resize", show);
  }

  document.querySelectorAll("figure.chart").forEach(draw);
})();
