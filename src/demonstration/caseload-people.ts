import type { NeedKind } from '../people/index.ts';
import type { WayToReach } from './acts.ts';
import type { StoryPerson } from './custody-feed.ts';

// Who the navigators are with: released weeks, days or hours ago. Everybody is invented.

/** One person's weeks with a navigator, in days before the demonstration starts. */
export interface CaseloadPerson {
  readonly key: string;
  readonly person: StoryPerson;
  /** Days since they left custody, and how. */
  readonly left: number;
  readonly outcome:
    'no-further-action' | 'released-bail' | 'released-under-investigation' | 'community-resolution';
  readonly navigator: 'ruth' | 'pat' | null;
  readonly goal: string;
  readonly needs: readonly (readonly [NeedKind, string])[];
  readonly phone?: WayToReach;
  readonly talking?: string;
  /** Days ago, what came of it, and what was said. The first two count as the calls of day 1 and 7. */
  readonly calls: readonly (readonly [number, 'reached' | 'no-answer' | 'left-message', string | null])[];
  readonly appointment?: {
    readonly time: string;
    readonly title: string;
    readonly place: string;
    readonly meet?: string;
  };
  readonly referral?: {
    readonly days: number;
    readonly service: string;
    readonly need: NeedKind;
    readonly result: 'not-opened' | 'accepted' | 'declined' | 'waiting';
  };
}

const safePhone = (number: string): WayToReach => ({
  kind: 'phone',
  value: number,
  ring: 'yes',
  text: 'yes',
  leaveMessage: 'yes',
});

const male = (given: string, family: string, born: string): StoryPerson => ({
  given,
  family,
  born,
  sex: 'male',
});
const female = (given: string, family: string, born: string): StoryPerson => ({
  given,
  family,
  born,
  sex: 'female',
});

export const caseloads: readonly CaseloadPerson[] = [
  {
    key: 'peter',
    person: male('Peter', 'Nuttall', '1961-11-30'),
    left: 28,
    outcome: 'no-further-action',
    navigator: 'ruth',
    goal: 'My own front door and the dog back',
    needs: [
      ['housing', 'Hostel since the summer'],
      ['physical-health', 'Diabetes, tablets'],
    ],
    phone: safePhone('07700 900233'),
    calls: [
      [27, 'reached', 'Slept at the hostel. Has his tablets'],
      [21, 'reached', 'Saw the practice nurse'],
      [9, 'reached', 'Viewing a room in Gorton'],
    ],
    referral: { days: 26, service: 'Roof first', need: 'housing', result: 'accepted' },
  },
  {
    key: 'ola',
    person: female('Ola', 'Adeyinka', '1998-02-14'),
    left: 7,
    outcome: 'community-resolution',
    navigator: 'ruth',
    goal: 'Feel like myself before the baby comes',
    needs: [['mental-health', 'Low and worried since her bereavement']],
    phone: { ...safePhone('07700 900341'), note: 'Prefers after 12' },
    calls: [[6, 'reached', 'Starting counselling on Friday']],
    appointment: {
      time: '10:30',
      title: 'Second counselling session',
      place: 'Steady Talking, Chorlton',
      meet: '10:10, tram stop',
    },
    referral: { days: 6, service: 'Steady Talking', need: 'mental-health', result: 'waiting' },
  },
  {
    key: 'aaron',
    person: male('Aaron', 'Gill', '1983-06-05'),
    left: 16,
    outcome: 'released-under-investigation',
    navigator: 'ruth',
    goal: 'Get the benefits letter sorted',
    needs: [
      ['benefits', 'Payment stopped in October'],
      ['money-debt', 'Owes rent and a loan'],
    ],
    phone: safePhone('07700 900415'),
    talking: 'Does not read well: say it, do not send it',
    calls: [
      [15, 'reached', 'Rang from his mother’s'],
      [9, 'reached', 'Brought the letters'],
    ],
    appointment: { time: '13:00', title: 'Benefits form', place: 'Library café, Gorton' },
    referral: { days: 8, service: 'Debt Line North', need: 'money-debt', result: 'not-opened' },
  },
  {
    key: 'kowalczyk',
    person: female('Marta', 'Kowalczyk', '1979-08-19'),
    left: 12,
    outcome: 'released-bail',
    navigator: 'ruth',
    goal: 'Stay in my flat',
    needs: [
      ['housing', 'Notice to leave by the end of the month'],
      ['domestic-abuse', 'Former partner comes to the door'],
    ],
    phone: { ...safePhone('07700 900552'), leaveMessage: 'no' },
    talking: 'Polish interpreter',
    calls: [
      [11, 'reached', 'With an interpreter'],
      [5, 'reached', 'The housing officer will ring'],
    ],
    appointment: {
      time: '16:15',
      title: 'Housing officer and Marta',
      place: 'By phone, interpreter booked',
    },
    referral: { days: 10, service: 'Tenancy rescue', need: 'housing', result: 'accepted' },
  },
  {
    key: 'gemma',
    person: female('Gemma', 'Lyle', '1987-04-11'),
    left: 1,
    outcome: 'released-bail',
    navigator: 'ruth',
    goal: 'Somewhere he does not know',
    needs: [['domestic-abuse', 'Partner holds her phone and her money']],
    phone: {
      kind: 'phone',
      value: '07700 900670',
      ring: 'yes',
      text: 'no',
      leaveMessage: 'no',
      note: 'He may hold her phone. Say “library”.',
    },
    calls: [],
    referral: { days: 0.5, service: 'Harebell outreach', need: 'domestic-abuse', result: 'not-opened' },
  },
  {
    key: 'samir',
    person: male('Samir', 'Hossain', '1999-01-21'),
    left: 1,
    outcome: 'no-further-action',
    navigator: 'ruth',
    goal: 'A bed that is mine',
    needs: [
      ['housing', 'First night in a hostel'],
      ['drugs', 'Spice, most days'],
    ],
    phone: safePhone('07700 900788'),
    calls: [[0.1, 'no-answer', null]],
  },
  {
    key: 'denise',
    person: female('Denise', 'Hartley', '1970-12-01'),
    left: 40,
    outcome: 'no-further-action',
    navigator: 'ruth',
    goal: 'See my grandchildren again',
    needs: [['alcohol', 'Drinks alone at night']],
    phone: safePhone('07700 900816'),
    calls: [
      [39, 'reached', null],
      [33, 'reached', 'Not ready for a group'],
      [18, 'left-message', null],
    ],
    referral: { days: 32, service: 'Heronsford recovery', need: 'alcohol', result: 'declined' },
  },
  {
    key: 'yusuf',
    person: male('Yusuf', 'Warsame', '1994-09-09'),
    left: 9,
    outcome: 'community-resolution',
    navigator: 'pat',
    goal: 'Back to driving work',
    needs: [['employment-education-training', 'Lost his licence and his job']],
    phone: safePhone('07700 900854'),
    calls: [
      [8, 'reached', 'At his brother’s'],
      [2, 'reached', 'Has a form from Start Work'],
    ],
    referral: { days: 7, service: 'Start Work', need: 'employment-education-training', result: 'accepted' },
  },
  {
    key: 'bernadette',
    person: female('Bernadette', 'Quill', '1955-05-27'),
    left: 20,
    outcome: 'no-further-action',
    navigator: 'pat',
    goal: 'Somebody to talk to on a Sunday',
    needs: [['family-caring', 'Cares for her husband, who forgets']],
    phone: safePhone('07700 900902'),
    talking: 'Hears better by phone than in a room',
    calls: [
      [19, 'reached', null],
      [13, 'reached', 'The carers’ group is on Thursdays'],
    ],
    referral: { days: 18, service: 'Almond Court carers', need: 'family-caring', result: 'waiting' },
  },
  {
    key: 'leon',
    person: male('Leon', 'Okoro', '2003-07-16'),
    left: 5,
    outcome: 'released-under-investigation',
    navigator: 'pat',
    goal: 'Finish college',
    needs: [['adhd', 'Waiting for an assessment since school']],
    phone: safePhone('07700 900933'),
    calls: [[4, 'reached', 'Back in class on Monday']],
    referral: { days: 3, service: 'Focus Forward', need: 'adhd', result: 'not-opened' },
  },
  {
    key: 'shanice',
    person: female('Shanice', 'Bailey', '1991-01-08'),
    left: 0.14,
    outcome: 'released-bail',
    navigator: null,
    goal: '',
    needs: [['mental-health', 'Panic in small rooms']],
    phone: safePhone('07700 900961'),
    calls: [],
  },
];
