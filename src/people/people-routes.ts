import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { composePicture, type Picture } from './compose-picture.ts';
import { personPage, type PersonPageParts } from './person-page.ts';
import { shortName } from './person.ts';
import { drawTimeline, groupTimeline } from './timeline/index.ts';

const personParamsSchema = z.object({ personId: z.uuid() });

/** The picture of need and the timeline: one page per person, ordered for whoever opens it. */
export function registerPeopleRoutes(server: FastifyInstance, parts: PersonPageParts): void {
  server.get(
    '/people/:personId',
    { config: { permission: 'person.view' }, schema: { params: personParamsSchema } },
    (request, reply) => {
      const { personId } = personParamsSchema.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'picture',
        template: 'picture-of-need.njk',
        what: 'picture of need',
        load: async ({ person, now, picture: scope }) => {
          const picture = await composePicture(parts.people.pictureSources, scope);
          return pictureModel(picture, person.id, shortName(person), now);
        },
      });
    },
  );

  server.get(
    '/people/:personId/timeline',
    { config: { permission: 'person.view' }, schema: { params: personParamsSchema } },
    (request, reply) => {
      const { personId } = personParamsSchema.parse(request.params);
      return personPage(parts, request, reply, {
        personId,
        tab: 'timeline',
        template: 'timeline.njk',
        what: 'timeline',
        load: async ({ now, picture: scope }) => {
          const { timeline } = await composePicture(
            parts.people.pictureSources.map((source) =>
              source.timeline === undefined
                ? { module: source.module }
                : { module: source.module, timeline: source.timeline },
            ),
            scope,
          );
          const drawn = drawTimeline(timeline, now);
          return { timelineSvg: drawn.svg, groups: groupTimeline(drawn.list), statement: drawn.statement };
        },
      });
    },
  );
}

/** The picture as its template takes it: every decision made here, none in the template. */
function pictureModel(
  picture: Picture,
  personId: string,
  name: string,
  now: Temporal.Instant,
): Readonly<Record<string, unknown>> {
  const { needs, risks } = picture;
  const drawn = drawTimeline(picture.timeline, now);
  return {
    matters: picture.matters.map((line) => ({
      when: line.when,
      what: line.what,
      source: line.source.old === true ? '' : line.source.text,
      old: line.source.old === true ? line.source.text : '',
      act: line.act,
      now: line.urgency === 'now',
    })),
    mattersNote: mattersNote(picture),
    riskNote: risks.note,
    riskLines: risks.lines.map(keyRow),
    riskAct: risks.act ?? { href: `/people/${personId}/safety-plan`, text: 'Write a plan' },
    needs: needs.found,
    needsNote: `${needs.found.length} found, ${needs.declined.length} declined, ${needs.notAsked.length} not asked yet`,
    needsNotAsked: sentenceList(needs.notAsked),
    needsDeclined: sentenceList(needs.declined.map((entry) => `${entry.label} ${entry.at}`)),
    needsNone: sentenceList(needs.noNeed),
    tried: picture.tried,
    triedNote: picture.tried.length === 0 ? '' : `${picture.tried.length} shown, newest first`,
    consent: picture.consent,
    next: picture.next,
    worksWith: picture.worksWith.map(keyRow),
    timelineSvg: drawn.svg,
    groups: groupTimeline(drawn.list),
    statement: drawn.statement,
    askFirst: `Ask ${name}`,
  };
}

function mattersNote(picture: Picture): string {
  if (picture.matters.length === 0) return '';
  const lines = picture.matters.length === 1 ? '1 line' : `${picture.matters.length} lines`;
  const left = picture.mattersLeftOut;
  return left === 0
    ? `${lines}, first to run out of time is first`
    : `${lines}, first to run out of time is first. ${left} more under What is next`;
}

function keyRow(line: Picture['worksWith'][number]): Readonly<Record<string, unknown>> {
  return {
    key: line.label,
    text: line.status?.text ?? line.text,
    shape: line.status?.shape,
    source: line.source?.old === true ? '' : line.source?.text,
    old: line.source?.old === true ? line.source.text : '',
  };
}

/** "Alcohol, housing and debt" would read as one list; the reference separates with commas and keeps one capital. */
function sentenceList(labels: readonly string[]): string {
  const [first, ...rest] = labels;
  if (first === undefined) return '';
  return [first, ...rest.map((label) => lowerFirst(label))].join(', ');
}

/** Lower-cases a label's first letter unless it is an abbreviation such as ADHD. */
function lowerFirst(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
