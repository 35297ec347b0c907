// Draws each figure.bars from the JSON block inside it: upright bars, stacked where there are several.
(function () {
  "use strict";
  var HEIGHT = 250, NARROW = 480;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function options(data, isNarrow) {
    var soft = colour("--ink-soft"), line = colour("--line"), warn = colour("--seal");
    var shades = [0, 1, 2, 3, 4, 5].map(function (number) { return colour("--bar-" + number); });
    var several = data.series.length > 1;
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      color: shades,
      grid: [{ left: 44, right: 10, top: 18, bottom: isNarrow || data.labels.length > 14 ? 62 : 30 }],
      xAxis: {
        type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
        axisLabel: { color: soft, fontSize: 11, rotate: isNarrow || data.labels.length > 14 ? 45 : 0, hideOverlap: true }
      },
      yAxis: {
        type: "value", minInterval: 1, axisLabel: { color: soft, fontSize: 11 }, splitLine: { lineStyle: { color: line } }
      },
      series: data.series.map(function (one) {
        return {
          type: "bar", name: one.name, stack: "all", barMaxWidth: 46, barCategoryGap: "18%",
          label: { show: !several && data.labels.length < 16 && !isNarrow, position: "top", color: soft, fontSize: 11,
            formatter: function (point) { return point.value || ""; } },
          data: one.values.map(function (value, index) {
            var isWarned = one.warn && one.warn[index];
            return { value: value, itemStyle: isWarned ? { color: warn } : {} };
          })
        };
      })
    };
  }

  function draw(figure) {
    var canvas = figure.querySelector(".chart-canvas");
    var data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    canvas.style.height = HEIGHT + "px";
    var chart = echarts.init(canvas);
    function show() {
      chart.resize();
      chart.setOption(options(data, canvas.clientWidth < NARROW), true);
    }
    show();
    window.addEventListener("resize", show);
  }

  document.querySelectorAll("figure.bars").forEach(draw);
})();
