import { done, refused, type Outcome } from '../platform/result.ts';
import { sixteenOrOver, type Competence, type DecisionHolder } from './consent-status.ts';

/** Who the form says decided. The last is never right, and is refused in words rather than hidden. */
export type SaidToDecide = DecisionHolder | 'appropriate-adult';

export interface WhoDecides {
  readonly birthDate: Temporal.PlainDate | null;
  /** What to call the person in the sentence. */
  readonly name: string;
  readonly now: Temporal.Instant;
  readonly decision: 'given' | 'refused' | 'withdrawn';
  readonly holder: SaidToDecide;
  readonly holderName: string | null;
  /** Under 16, or age not known: whether the young person understood this decision well enough to make it. */
  readonly competence: 'yes' | 'no' | 'not-sure' | 'not-asked';
  readonly competenceShownBy: string | null;
  /** The latest assessment of capacity for this decision, when there was doubt. */
  readonly capacity: 'able' | 'not-able' | 'deferred' | null;
}

export type WhoDecidesRefusal =
  | 'appropriate-adult'
  | 'nobody-else-decides'
  | 'name-needed'
  | 'competence-needed'
  | 'not-competent'
  | 'capacity-in-doubt';

/**
 * Whether this decision may be recorded as theirs, and on what footing. From 16 the person is presumed able and nobody
 * decides for them (Mental Capacity Act 2005 ss1-3); under 16 the young person when competent for this decision, or
 * somebody with parental responsibility; an appropriate adult never (domain.md 6.4). A no and a withdrawal are always
 * recorded, whatever the footing: refusing must be as easy as it can be.
 */
export function whoDecides(
  input: WhoDecides,
): Outcome<{ readonly holder: DecisionHolder; readonly competence: Competence }, WhoDecidesRefusal> {
  const { name, holder } = input;
  if (holder === 'appropriate-adult')
    return refused(
      'appropriate-adult',
      `An appropriate adult is there to support ${name}. They cannot agree or refuse for ${name}.`,
      'holder',
    );
  const adult = sixteenOrOver(input.birthDate, input.now);
  if (holder === 'parental-responsibility') {
    if (adult)
      return refused(
        'nobody-else-decides',
        `${name} is 16 or over. Nobody else can agree or refuse for ${name}.`,
        'holder',
      );
    if (input.holderName === null)
      return refused(
        'name-needed',
        'Enter the name of the person with parental responsibility',
        'holderName',
      );
    return done({ holder, competence: competenceOf(input.competence) });
  }
  if (adult) {
    if (input.decision === 'given' && input.capacity === 'deferred')
      return refused(
        'capacity-in-doubt',
        `It was decided to wait until ${name} can make this decision. Assess again first.`,
      );
    if (input.decision === 'given' && input.capacity === 'not-able')
      return refused(
        'capacity-in-doubt',
        `${name} was found not able to make this decision. Assess again, or decide in ${name}’s best interests and record a legal reason.`,
      );
    return done({ holder, competence: 'presumed' });
  }
  if (input.decision !== 'given') return done({ holder, competence: competenceOf(input.competence) });
  const why = input.birthDate === null ? 'We do not know how old' : 'Under 16:';
  if (input.competence === 'not-asked')
    return refused(
      'competence-needed',
      `${why} ${input.birthDate === null ? `${name} is. Say` : 'say'} whether ${name} understood well enough to decide`,
      'competence',
    );
  if (input.competence !== 'yes')
    return refused(
      'not-competent',
      `${name} cannot agree alone to something they did not understand well enough. Ask somebody with parental responsibility.`,
      'competence',
    );
  if (input.competenceShownBy === null)
    return refused(
      'competence-needed',
      `Say what showed that ${name} understood, in a few words`,
      'competenceShownBy',
    );
  return done({ holder, competence: 'gillick-competent' });
}

function competenceOf(answer: WhoDecides['competence']): Competence {
  return answer === 'yes' ? 'gillick-competent' : answer === 'no' ? 'not-gillick-competent' : 'not-sure';
}
