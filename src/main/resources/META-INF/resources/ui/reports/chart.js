// One chart, in the colours of the theme or on paper. The library is loaded with the first that is drawn.
import { html, View } from '../lib/view.js';

const SERIES = ['--acw', '--engaged', '--available', '--not-ready', '--resting', '--offline'];

/** In pixels of the root's font: a bar with the space around it, and what is beside the bars. */
const BAR = 1.5;
const AROUND = 4.5;

/** Longer names are cut in the drawing; the table has them whole. */
const NAME = 28;

/** In pixels: so wide is a chart on paper, beside its table. A browser lays the page out only after it was drawn. */
const PAPER = 270;

let library;

/** A bundle without exports, which leaves itself in the global object. */
function loadLibrary() {
  library ??= import('/webjars/chart.js/dist/chart.umd.min.js').then(() => globalThis.Chart);
  return library;
}

/**
 * Draws `spec`: `kind` (`line`, `bar`, or `side` for bars that lie), `labels`, `series` of `label` and `values`,
 * `stacked`, `write` for a value, `step` for the distance of marks up to a value, and `alternative`, the text for who does
 * not see it.
 */
class ReportChart extends View {
  static properties = { spec: { attribute: false } };

  #chart;
  #watching = [];

  connectedCallback() {
    super.connectedCallback();
    const again = () => this.#draw();
    const themes = new MutationObserver(again);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const media = ['print', '(prefers-color-scheme: dark)'].map((query) => matchMedia(query));
    media.forEach((query) => query.addEventListener('change', again));
    this.#watching = [() => themes.disconnect(), ...media.map((query) => () => query.removeEventListener('change', again))];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watching.forEach((stop) => stop());
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  render() {
    const { kind, labels, series, stacked, alternative } = this.spec;
    const bars = labels.length * (stacked ? 1 : series.length);
    const height = kind === 'side' ? AROUND + Math.max(2, bars) * BAR : 18;
    return html`<div class="drawing" .style=${`height:${height}rem`}><canvas role="img" aria-label=${alternative}></canvas></div>`;
  }

  updated() {
    this.#draw();
  }

  async #draw() {
    const Chart = await loadLibrary();
    if (!this.isConnected) return;
    const settings = config(this.spec, colours(this));
    if (this.#chart && this.#chart.config.type === settings.type) {
      Object.assign(this.#chart, { data: settings.data, options: settings.options });
      this.#chart.update('none');
    } else {
      this.#chart?.destroy();
      this.#chart = new Chart(this.querySelector('canvas'), settings);
    }
    if (matchMedia('print').matches) this.#chart.resize(PAPER, this.querySelector('.drawing').clientHeight);
    else this.#chart.resize();
  }
}

/** As the style sheet has them just now. */
function colours(element) {
  const probe = element.appendChild(document.createElement('i'));
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = { ink: read('--ink-2'), line: read('--line'), series: SERIES.map(read) };
  const style = getComputedStyle(element);
  found.font = { family: style.fontFamily, size: parseFloat(style.fontSize) * 0.82 };
  probe.remove();
  return found;
}

function shortened(name) {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
}

function config({ kind, labels, series, stacked, write, step }, { ink, line, series: palette, font }) {
  const lies = kind === 'side';
  const axis = (more) => ({ stacked, grid: { color: line }, border: { color: line }, ...more, ticks: { color: ink, font, ...more.ticks } });
  const values = axis({
    beginAtZero: true,
    ticks: { callback: write, maxTicksLimit: 7 },
    afterDataLimits: (scale) => { scale.options.ticks.stepSize = step?.(scale.max); },
  });
  const names = axis({ grid: { display: false }, offset: true, ticks: { autoSkip: !lies, maxRotation: 0, callback: (at) => shortened(labels[at]) } });
  return {
    type: kind === 'line' ? 'line' : 'bar',
    data: {
      labels,
      datasets: series.map(({ label, values: data }, index) => ({
        label,
        data,
        borderColor: palette[index],
        backgroundColor: palette[index],
        borderWidth: kind === 'line' ? 2 : 0,
        maxBarThickness: font.size * 1.6,
        pointRadius: kind === 'line' ? 3 : 0,
        pointStyle: kind === 'line' ? ['circle', 'rect', 'triangle', 'rectRot'][index] : 'rect',
        spanGaps: false,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: lies ? 'y' : 'x',
      interaction: { mode: 'index', axis: lies ? 'y' : 'x', intersect: false },
      scales: lies ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: { display: series.length > 1, labels: { color: ink, font, usePointStyle: true } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${write(item.raw)}` } },
      },
    },
  };
}

customElements.define('report-chart', ReportChart);
