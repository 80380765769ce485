// Draws each [data-chart] with ECharts. Only loaded on pages that have a chart.
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, GridComponent, AriaComponent, CanvasRenderer]);

const calm = { fontFamily: getComputedStyle(document.body).fontFamily };

function draw(holder) {
  const option = JSON.parse(holder.dataset.chart);
  option.textStyle = { ...option.textStyle, ...calm };
  for (const series of option.series) {
    // Functions cannot travel as data: the label shows the words that came with the value.
    series.label.formatter = (mark) => mark.data.shown;
  }
  const chart = echarts.init(holder, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", (mark) => {
    if (mark.data && mark.data.href) window.location.assign(mark.data.href);
  });
  new ResizeObserver(() => chart.resize()).observe(holder);
}

for (const holder of document.querySelectorAll("[data-chart]")) draw(holder);
