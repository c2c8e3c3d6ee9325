import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Views } from '../platform/views/environment.ts';
import type { People } from '../people/index.ts';
import type { DecideScreeningParts } from './decide-screening.ts';
import type { InstrumentLibrary } from './instrument-library.ts';

/** What the pages of screening stand on. */
export interface ScreeningRouteParts extends DecideScreeningParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly people: People;
  readonly library: InstrumentLibrary;
  /** Renders the score panel that answers each save. */
  readonly views: Pick<Views, 'render'>;
}
