import type { BandKind, Item } from './lay-out-item.ts';
import type { PlacedItem } from './lay-out-band.ts';
import { plot } from './plot.ts';
import { svgNumber as n, svgText } from './svg-text.ts';
import type { TimelineTone } from './timeline-entry.ts';

const INK = '#212b32';
const BLUE = '#005eb8';
const RED = '#d5281b';
const GREEN = '#00662f';

/** How a service bar is filled and edged: solid goes on or went on, dashed is not settled. */
const service: Readonly<Record<TimelineTone, { fill: string; dash: string }>> = {
  plain: { fill: '#cfe0f1', dash: '' },
  done: { fill: '#cfe0f1', dash: '' },
  now: { fill: '#fff4d9', dash: ' stroke-dasharray="5 4"' },
  waiting: { fill: '#fff', dash: ' stroke-dasharray="5 4"' },
  old: { fill: '#e8edee', dash: '' },
};

/** The SVG of one mark and its words, with the whole text of its entries as a tooltip. */
export function drawItem({ item, y }: PlacedItem, kind: BandKind): string {
  const tip = item.entries
    .map((entry) => [entry.title, entry.detail, entry.source].filter((part) => part !== '').join('. '))
    .join('\n');
  return `<g><title>${svgText(tip)}</title>${drawMark(item, y, kind)}${drawLabel(item, y)}</g>`;
}

function drawMark(item: Item, y: number, kind: BandKind): string {
  switch (item.shape) {
    case 'stay':
      return drawStay(item, y, kind);
    case 'hearing':
      return drawDiamond(item.from, y + item.height / 2);
    case 'service':
      return drawService(item, y);
    case 'contact':
      return drawDots(item, y);
    case 'note':
      return `<path d="M${n(item.from)} ${n(y + 3)}v${item.height - 6}" stroke="${INK}" stroke-width="2"/>`;
  }
}

function drawStay(item: Item, y: number, kind: BandKind): string {
  const fill = item.tone === 'now' && kind === 'years' ? RED : INK;
  const inset = item.height > 30 ? 4 : 1;
  return `<rect x="${n(item.from)}" y="${n(y + inset)}" width="${n(item.to - item.from)}" height="${item.height - 2 * inset}" fill="${fill}"/>`;
}

function drawDiamond(x: number, middle: number): string {
  return `<path d="M${n(x)} ${n(middle - 9)}l9 9-9 9-9-9z" fill="#fff" stroke="${INK}" stroke-width="3"/>`;
}

function drawService(item: Item, y: number): string {
  const { fill, dash } = service[item.tone];
  const bar = `<rect x="${n(item.from)}" y="${n(y + 3)}" width="${n(item.to - item.from)}" height="20" fill="${fill}" stroke="${BLUE}" stroke-width="1.5"${dash}/>`;
  if (!item.ended) return bar;
  if (item.tone === 'done') return bar + drawTick(item.to, y + 13);
  return `${bar}<path d="M${n(item.to - 2)} ${n(y + 1)}v24" stroke="${INK}" stroke-width="4"/>`;
}

/** Finished as meant: the filled tick of the status shapes. */
function drawTick(x: number, middle: number): string {
  return `<circle cx="${n(x)}" cy="${n(middle)}" r="9" fill="${GREEN}"/><path d="m${n(x - 4.4)} ${n(middle + 0.3)} 3 3 5.8-6.2" fill="none" stroke="#fff" stroke-width="2.2"/>`;
}

function drawDots(item: Item, y: number): string {
  const line = item.points.length > 1;
  const middle = line ? y + 32 : y + item.height / 2;
  const dots = item.points
    .map((x) => `<circle cx="${n(x)}" cy="${n(middle)}" r="6" fill="${BLUE}"/>`)
    .join('');
  if (!line) return dots;
  return `<path d="M${n(item.from)} ${n(middle)}H${n(item.to)}" stroke="${BLUE}" stroke-width="2"/>${dots}`;
}

function drawLabel(item: Item, y: number): string {
  const { label } = item;
  const single = item.height > 30 && label.lines.length === 1;
  // One line stands on the middle of its row; the words of a line of dots stand above the dots.
  const first = label.lines.length > 1 || single ? y + 17 : y + item.height / 2 + 5;
  const white = label.inside && item.shape === 'stay';
  return label.lines
    .map(({ text, bold }, index) => {
      const weight = bold ? ' font-weight="600"' : '';
      const anchor = label.anchor === 'end' ? ' text-anchor="end"' : '';
      const colour = white ? ' fill="#fff"' : label.inside ? '' : ' class="tl-halo"';
      return `<text x="${n(label.x)}" y="${n(first + index * plot.line)}"${weight}${anchor}${colour}>${svgText(text)}</text>`;
    })
    .join('');
}
