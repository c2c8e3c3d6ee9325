import { ageAndSource, type Basis } from './age-and-source.ts';
import { openAlerts } from './person-store.ts';
import type { PictureSource } from './picture.ts';

// Nothing is more urgent than an open alert that says "now": it has no hour by which it is due, so it stands first.
const BEFORE_EVERY_HOUR = 0;

/** The words of the alerts that a safety plan answers; feeds send words, not codes. */
const aboutSafety = /suicid|self.?harm|end(?:ing)? (?:his|her|their) (?:own )?life/i;

/** What open alerts add to "What matters now": one line for each that says "now", first of all. */
export function alertsPicture(): PictureSource {
  return {
    module: 'people',
    async mattersNow({ tx, viewer, personId, now }) {
      const alerts = (await openAlerts(tx, viewer, [personId])).get(personId) ?? [];
      return alerts
        .filter(({ urgency }) => urgency === 'now')
        .map((alert) => {
          const safety = aboutSafety.test(alert.what);
          return {
            when: 'Now',
            by: BEFORE_EVERY_HOUR,
            urgency: 'now' as const,
            what: alert.what,
            source: {
              text: ageAndSource({
                basis: alert.basis as Basis,
                by: alert.saidBy,
                at: alert.recordedAt,
                now,
              }).line,
            },
            act: safety
              ? { href: `/people/${personId}/safety-plan`, text: 'Open safety plan' }
              : { href: `/people/${personId}/details`, text: 'Open details' },
            ...(safety && { topic: 'safety' as const }),
          };
        });
    },
  };
}
