import type { Shape } from './shapes.ts';

/** Small grey lines under a cell: one, or several on lines of their own. */
type SourceText = string | readonly string[];

/** A small second link at the end of the grey line ("Assign"). */
export interface BoardAct {
  readonly href: string;
  readonly text: string;
  readonly about?: string;
}

/** What one cell of a board shows. Every text is ready to be read: templates do no arithmetic. */
export type BoardCell =
  /** Where: the largest thing on the row ("7", "V2"), and what kind of place. */
  | { readonly kind: 'place'; readonly text: string; readonly note?: string }
  /** Who: the header of the row. `badge` says what is new ("New 08:40"). */
  | {
      readonly kind: 'name';
      readonly text: string;
      readonly href?: string;
      readonly badge?: string;
      readonly source?: SourceText;
      readonly act?: BoardAct;
    }
  /**
   * What to do next: time, verb, person. `about` completes the link for a screen reader. Without href: nothing due.
   * `badge` says what was changed ("Changed 09:11, was 11:15").
   */
  | {
      readonly kind: 'next';
      readonly text: string;
      readonly when?: string;
      readonly now?: boolean;
      readonly href?: string;
      readonly about?: string;
      readonly source?: SourceText;
      readonly act?: BoardAct;
      readonly badge?: string;
    }
  | {
      readonly kind: 'status';
      readonly label: string;
      readonly shape: Shape;
      readonly text: string;
      readonly source?: SourceText;
    }
  /** Never blank: `empty` says why there is nothing ("None recorded", "Not asked yet"). */
  | {
      readonly kind: 'list';
      readonly label: string;
      readonly items: readonly string[];
      readonly empty: string;
    }
  /** `share` is whole percent of the limit, 0 to 100; left out when there is no clock. */
  | {
      readonly kind: 'clock';
      readonly text: string;
      readonly share?: number;
      readonly late?: boolean;
      readonly source?: SourceText;
    };

export interface BoardRow {
  /** Stable between refreshes, so that a morph changes the row in place. */
  readonly id: string;
  readonly now?: boolean;
  readonly changed?: boolean;
  readonly cells: readonly BoardCell[];
}

export interface BoardBand {
  readonly text: string;
  readonly note?: string;
  readonly now?: boolean;
  readonly rows: readonly BoardRow[];
}

/** Columns in the order of the cells. `width` names one of the tl-w- classes of the style sheet. */
export interface BoardModel {
  readonly id?: string;
  readonly caption: string;
  readonly columns: readonly {
    readonly text: string;
    readonly width?: 'place' | 'person' | 'next' | 'contact' | 'alerts' | 'adult';
  }[];
  readonly bands: readonly BoardBand[];
}
