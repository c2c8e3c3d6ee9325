import { consentFor, recordDecisionIn, type RecordDecisionParts } from './consent/index.ts';
import { mirrorReferralAppointment, attendanceFromReferral, type Attendance } from './navigation/index.ts';
import { needsOf } from './assessment/index.ts';
import { openEpisode } from './people/index.ts';
import type { Clock } from './platform/clock.ts';
import type { AppointmentNews, ReferralParts } from './referrals/index.ts';
import { decide, discloseItems, markReceipt } from './sharing/index.ts';

// What a referral asks of sharing, consent and assessment, and what its appointment tells navigation.

type Neighbours = Pick<ReferralParts, 'sharing' | 'consent' | 'needsOf' | 'onAppointment'>;

/** The parts of the referrals module that come from its neighbours. */
export function connectReferrals(clock: Clock, consent: Omit<RecordDecisionParts, 'database'>): Neighbours {
  return {
    needsOf,
    sharing: { decide, discloseItems, markReceipt },
    consent: {
      forService: (tx, viewer, personId, service, now) =>
        consentFor(tx, viewer, personId, { kind: 'share', recipient: 'service', ...service }, now),
      recordForService: (tx, viewer, input) => {
        if (viewer.kind !== 'staff') throw new Error('Only a person who works here records what was agreed');
        return recordDecisionIn(
          tx,
          consent,
          viewer,
          {
            personId: input.personId,
            decided: [
              {
                subject: {
                  kind: 'share',
                  recipient: 'service',
                  serviceId: input.serviceId,
                  name: input.name,
                },
                decision: input.decision,
                extent: input.decision === 'given' ? 'all-relevant' : null,
              },
            ],
            holder: 'person',
            holderName: null,
            competence: 'not-asked',
            competenceShownBy: null,
            how: input.how === 'signed' ? 'sign-language' : input.how,
            present: [],
            language: 'English',
            format: 'ordinary',
            partnerRecords: false,
          },
          input.reference,
        );
      },
    },
    onAppointment: async (tx, viewer, news) => {
      const attendance = attendanceOf(news);
      if (attendance !== null) {
        await attendanceFromReferral(
          tx,
          viewer,
          { appointmentId: news.appointmentId, attendance },
          clock.now(),
        );
        return;
      }
      const episode = await openEpisode(tx, viewer, news.personId);
      if (episode === null) return;
      await mirrorReferralAppointment(
        tx,
        viewer,
        {
          personId: news.personId,
          episodeId: episode.id,
          referralId: news.referralId,
          appointmentId: news.appointmentId,
          title: `First appointment, ${news.serviceName}`,
          place: news.place,
          withWhom: news.serviceName,
          startsAt: news.startsAt,
          accompany: false,
          cancelledWhy: news.change === 'called-off' ? 'called off' : null,
        },
        clock.now(),
      );
    },
  };
}

const codes: ReadonlySet<string> = new Set(['5', '6', '7', '2', '3', '4']);

function attendanceOf(news: AppointmentNews): Attendance | null {
  if (news.change !== 'attended' && news.change !== 'did-not-attend') return null;
  if (news.code !== null && codes.has(news.code)) return news.code as Attendance;
  return news.change === 'attended' ? '5' : '3';
}
