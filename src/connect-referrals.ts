import { mirrorReferralAppointment, attendanceFromReferral, type Attendance } from './navigation/index.ts';
import { openEpisode } from './people/index.ts';
import type { Clock } from './platform/clock.ts';
import type { AppointmentNews, ReferralParts } from './referrals/index.ts';

// What a referral's appointment tells navigation.

/** The parts of the referrals module that come from its neighbours. */
export function connectReferrals(clock: Clock): Pick<ReferralParts, 'onAppointment'> {
  return {
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
