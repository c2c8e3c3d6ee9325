import { databaseContext, type SignedInViewer } from '../access/index.ts';
import type { TestArea } from '../access/test-area.ts';
import { testSetting } from '../access/test-setting.ts';
import { testServer, type TestServer } from '../access/test-server.ts';
import { recordNeeds } from '../assessment/index.ts';
import { recordDecisionIn, type ConsentSubject } from '../consent/index.ts';
import {
  findServices,
  registerDirectoryRoutes,
  seedDemoDirectory,
  type ServiceSummary,
} from '../directory/index.ts';
import { createPeople, type NeedKind, type People, type Person } from '../people/index.ts';
import { answered, notAsked } from '../platform/answer.ts';
import { fixedClock, londonDate } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { prepareJobs } from '../platform/jobs.ts';
import { stopUnsent } from '../sharing/index.ts';
import {
  registerReferralRoutes,
  withdrawReferrals,
  type AppointmentNews,
  type ReferralParts,
} from './index.ts';

// For tests only: an area with the invented directory, real consent, sharing and needs, and the server on top.

export interface ReferralWorld {
  readonly database: Database;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly area: TestArea;
  readonly people: People;
  readonly parts: ReferralParts;
  readonly web: TestServer;
  /** What the module told the keepers of diaries. */
  readonly news: AppointmentNews[];
  /** Somebody with these needs, whose record every member of staff may open. */
  person(givenName: string, familyName: string, ...needs: readonly NeedKind[]): Promise<Person>;
  /** The best service for a need. */
  service(need: NeedKind, place?: number): Promise<ServiceSummary>;
  /** Agreement, refusal or withdrawal about one service. */
  decide(
    personId: string,
    service: ServiceSummary,
    decision: 'given' | 'refused' | 'withdrawn',
  ): Promise<void>;
  /** A worker of a service, with an account. */
  partner(name: string, serviceId: string): Promise<{ viewer: SignedInViewer; cookie: string }>;
  close(): Promise<void>;
}

/** Makes one; close it in `after`. */
export async function referralWorld(): Promise<ReferralWorld> {
  const clock = fixedClock('2026-11-24T09:12:00Z');
  const setting = await testSetting();
  await prepareJobs(setting.ownerUrl);
  const { database, area } = setting;
  await seedDemoDirectory({ database, clock }, area.system);
  const people = createPeople({
    clock,
    tabs: [],
    pictureSources: [],
    personChanged: async () => {},
    relationshipSources: [
      { name: 'test', find: async (_tx, _viewer, ids) => new Map(ids.map((id) => [id, 'on your caseload'])) },
    ],
  });
  const news: AppointmentNews[] = [];
  const onWithdrawn: ReferralParts['onWithdrawn'] = async (tx, viewer, narrowed) => {
    await stopUnsent({ clock }, tx, viewer, narrowed);
    await withdrawReferrals(tx, viewer, narrowed, clock.now());
  };
  const parts: ReferralParts = {
    database,
    clock,
    people,
    baseUrl: 'http://127.0.0.1:3000',
    linkSecret: 'a secret of tests only, at least 32 characters',
    organisation: 'Northmoor liaison and diversion',
    onWithdrawn,
    onAppointment: async (_tx, _viewer, told) => {
      news.push(told);
    },
  };
  const web = await testServer({
    database,
    clock,
    register: (server) => {
      registerDirectoryRoutes(server, { database, clock });
      registerReferralRoutes(server, parts);
    },
  });
  const worker = area.viewers.navigator;

  return {
    database,
    clock,
    area,
    people,
    parts,
    web,
    news,
    person: (givenName, familyName, ...needs) =>
      database.transaction(databaseContext(worker), async (tx) => {
        const person = await people.create(tx, worker, {
          source: 'test',
          givenName,
          familyName,
          birthDate: Temporal.PlainDate.from('1980-03-04'),
          sex: 'female',
          pronoun: 'she',
          addresses: [{ lines: '3 Mill Lane', postcode: 'M4 5JU', noFixedAbode: false }],
        });
        await tx
          .insertInto('contact_point')
          .values({
            area_id: area.areaId,
            person_id: person.id,
            kind: 'phone',
            value: '07700 900 311',
            safe_to_text: 'yes',
            safe_to_ring: 'no',
            note: 'A friend may see the phone: do not say what it is about',
          })
          .execute();
        await recordNeeds({ clock, people }, tx, worker, {
          personId: person.id,
          entries: needs.map((kind) => ({
            kind,
            answer: 'found' as const,
            basis: 'told-us' as const,
            saidBy: 'R Ogden, navigator',
            pointOfContact: 'community' as const,
            detail: kind === 'alcohol' ? 'Wants to cut down' : null,
            wantsHelp: 'yes' as const,
          })),
        });
        return person;
      }),
    service: (need, place = 0) =>
      database.transaction(databaseContext(worker), async (tx) => {
        const found = await findServices(tx, worker, {
          seeker: {
            need,
            otherNeeds: [],
            age: answered(46),
            gender: answered('woman'),
            armedForces: notAsked,
            district: answered('Manchester'),
            accessNeeds: [],
          },
          today: londonDate(clock.now()),
        });
        const service = found[place]?.service;
        if (service === undefined)
          throw new Error(`The invented directory has no service ${place} for ${need}`);
        return service;
      }),
    decide: (personId, service, decision) =>
      database.transaction(databaseContext(worker), async (tx) => {
        const subject: ConsentSubject = {
          kind: 'share',
          recipient: 'service',
          serviceId: service.id,
          name: service.name,
        };
        const outcome = await recordDecisionIn(
          tx,
          { clock, people, onWithdrawn },
          worker,
          {
            personId,
            decided: [
              { subject, decision, extent: decision === 'given' ? 'recommendation-and-needs' : null },
            ],
            holder: 'person',
            holderName: null,
            competence: 'not-asked',
            competenceShownBy: null,
            how: 'spoken',
            present: [],
            language: 'English',
            format: 'ordinary',
            partnerRecords: false,
          },
          null,
        );
        if (!outcome.ok) throw new Error(outcome.refusal.message);
      }),
    async partner(name, serviceId) {
      const made = await area.worker(name, 'partner-worker', null);
      await database.transaction(databaseContext(area.system), (tx) =>
        tx
          .updateTable('worker_role')
          .set({ service_id: serviceId })
          .where('id', '=', made.viewer.workerRoleId)
          .execute(),
      );
      return { cookie: made.cookie, viewer: { ...made.viewer, serviceId } };
    },
    close: async () => {
      await web.close();
      await setting.close();
    },
  };
}
